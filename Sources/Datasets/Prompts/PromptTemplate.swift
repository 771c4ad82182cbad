internal import Tokenizers

/// How a record is laid out as text.
///
/// Every template of lethe's own ends its prompt with a mark or a line break, so that the response
/// starts a token of its own with common tokenizers.
package enum PromptTemplate: Sendable, Hashable {
    /// The layout of Stanford Alpaca: an opening line and `###` headings.
    case alpaca
    /// The instruction, the input if any, and `Answer:`, each on its own line; the shortest.
    case plain
    /// `<|im_start|>` and `<|im_end|>` around each turn (ChatML), without a system turn of its own.
    case chatml
    /// A model's own chat template.
    case model(ChatLayout)
    /// A text with places for the parts of a record, see ``Record/fields``.
    case written(TextTemplate)

    /// The record's text, without the mark that ends it.
    ///
    /// A record without instruction and input is plain text and gives its output alone.
    /// - Throws: `ChatTemplateProblem` if the template has no place for the record's turns.
    package func laidOut(_ record: Record) throws(ChatTemplateProblem) -> LaidOutRecord {
        guard record.asks else { return LaidOutRecord(request: [], answer: record.output) }
        switch self {
        case .alpaca, .plain:
            guard record.earlier.isEmpty else { throw .singleTurn(layout: description) }
            let prompt = self == .plain ? plainPrompt(record) : alpacaPrompt(record)
            return LaidOutRecord(request: prompt, answer: record.output)
        case .written(let template):
            guard record.earlier.isEmpty else { throw .singleTurn(layout: description) }
            return LaidOutRecord(
                request: template.spans(of: record), answer: record.output)
        case .chatml: return LaidOutRecord(request: chatPrompt(record), answer: record.output)
        case .model(let layout):
            return try layout.laidOut(record, question: instructionParts(record))
        }
    }

    // MARK: - The end of an answer

    /// The tokens that end a response whose last token is `last`; empty when the tokenizer has none.
    package func end(after last: Int32?, _ encoder: some TextEncoder) -> [Int32] {
        if case .model(let layout) = self, let end = layout.end {
            return encoder.encode(end, after: last)
        }
        return [endMarker(encoder)].compactMap { $0 }
    }

    /// The token that ends a response, or nil when the tokenizer has none.
    package func endMarker(_ encoder: some TextEncoder) -> Int32? {
        switch self {
        case .alpaca, .plain, .written: encoder.edges.end
        case .chatml: encoder.id(ofSpecial: "<|im_end|>") ?? encoder.edges.end
        case .model(let layout):
            layout.end.flatMap { encoder.encode($0).last } ?? encoder.edges.end
        }
    }

    /// The tokens at which an answer ends that a model writes: the mark of the layout, and whatever
    /// ends a text.
    package func stopTokens(_ encoder: some TextEncoder) -> Set<Int32> {
        Set(encoder.edges.ends).union([endMarker(encoder)].compactMap { $0 })
    }

    /// What a user should know of a model whose answers nothing ends; nil if a token does.
    package func remark(on encoder: some TextEncoder, model: String) -> String? {
        guard endMarker(encoder) == nil else { return nil }
        return
            "\(model) names no token that ends a text (eos_token, eos_token_id): it is trained on "
            + "answers without an end, and what it writes ends at the longest length only"
    }

    // MARK: - Prompts

    private func alpacaPrompt(_ record: Record) -> [TextSpan] {
        let hasInput = !record.input.isEmpty
        let opening =
            hasInput
            ? """
            Below is an instruction that describes a task, paired with an input that provides \
            further context. Write a response that appropriately completes the request.
            """
            : """
            Below is an instruction that describes a task. \
            Write a response that appropriately completes the request.
            """
        var spans = [
            TextSpan(opening, .constant), TextSpan("\n\n### Instruction:\n", .template),
            TextSpan(record.instruction, .instruction),
        ]
        if hasInput {
            spans.append(TextSpan("\n\n### Input:\n", .template))
            spans.append(TextSpan(record.input, .instruction))
        }
        return spans + [TextSpan("\n\n### Response:\n", .template)]
    }

    private func plainPrompt(_ record: Record) -> [TextSpan] {
        instructionParts(record) + [TextSpan("\nAnswer:\n", .template)]
    }

    private func chatPrompt(_ record: Record) -> [TextSpan] {
        var spans: [TextSpan] = []
        var opening = ""
        for turn in Conversation(record, question: instructionParts(record)).turns.dropLast() {
            spans.append(TextSpan("\(opening)<|im_start|>\(turn.speaker.rawValue)\n", .template))
            spans += turn.pieces
            if turn.speaker == .assistant { spans.append(TextSpan("<|im_end|>", .mark)) }
            opening = turn.speaker == .assistant ? "\n" : "<|im_end|>\n"
        }
        return spans + [TextSpan("<|im_end|>\n<|im_start|>assistant\n", .template)]
    }

    /// The instruction and the input, those that are not empty, on lines of their own.
    private func instructionParts(_ record: Record) -> [TextSpan] {
        let parts = [record.instruction, record.input].filter { !$0.isEmpty }
        return Array(
            parts.map { [TextSpan($0, .instruction)] }.joined(separator: [TextSpan("\n", .template)]
            ))
    }
}

extension PromptTemplate: CustomStringConvertible {
    /// The layout's name, or for a model's own the form of its prompts, with `…` for what is asked.
    package var description: String {
        switch self {
        case .alpaca: "alpaca"
        case .plain: "plain"
        case .chatml: "chatml"
        case .model(let layout): layout.description
        case .written(let template): template.source.replacing("\n", with: "\\n")
        }
    }
}

extension ChatLayout: CustomStringConvertible {
    /// The most characters of a prompt that are shown.
    private static let shown = 240

    package var description: String {
        let outline = outline.replacing("\n", with: "\\n")
        let form =
            outline.count > Self.shown
            ? "\(outline.prefix(Self.shown / 2)) ... \(outline.suffix(Self.shown / 2))" : outline
        return isToldDay ? "\(form) (the day that it asks for is always 26 July 2024)" : form
    }
}
