package import Tokenizers

extension PromptTemplate {
    /// The longest chat template that is looked at, in bytes; those of known models have at most a
    /// sixth of it.
    package static let chatTemplateLimit = 1 << 16

    private static let systemOpening = "<|im_start|>system\n"
    private static let turnEnd = "<|im_end|>"

    /// The template whose prompts are exactly those of a model's own chat template, given as its
    /// Jinja text; nil if there is none.
    ///
    /// What the tokenizer puts before every text comes before a prompt, too, and so once where the
    /// template itself writes `bos_token` first.
    package init?(chatTemplate: String, edges: TextEdges) {
        guard chatTemplate.utf8.count <= Self.chatTemplateLimit,
            let parts = ChatTemplateParts(chatTemplate)
        else { return nil }
        var reader = ChatTemplateReader(parts)
        guard let turns = reader.turns(), !turns.beginsText || edges.beginsTexts,
            let template = Self.candidates(turns).first(where: { $0.makes(turns) })
        else { return nil }
        self = template
    }

    private static func candidates(_ turns: ChatTemplateReader.Turns) -> [PromptTemplate] {
        guard turns.before.hasPrefix(systemOpening) else { return [.alpaca, .plain, .chatml] }
        let rest = turns.before.dropFirst(systemOpening.count)
        guard let end = rest.firstRange(of: turnEnd) else { return [] }
        return [.chat(system: String(rest[..<end.lowerBound]))]
    }

    /// Whether a prompt in this layout is that of the chat template, and so is the mark at the end.
    private func makes(_ turns: ChatTemplateReader.Turns) -> Bool {
        let spans = promptSpans(for: Record(instruction: "?", output: ""))
        let parts = spans.split { $0.role == .instruction }.map { $0.map(\.text).joined() }
        let layout = spans.first?.role == .instruction ? [""] + parts : parts
        return layout == [turns.before, turns.between] && endsAnswers(with: turns.after)
    }

    private func endsAnswers(with mark: String) -> Bool {
        switch self {
        case .alpaca, .plain: mark.allSatisfy(\.isWhitespace)
        case .chat: mark.hasPrefix(Self.turnEnd)
        }
    }
}
