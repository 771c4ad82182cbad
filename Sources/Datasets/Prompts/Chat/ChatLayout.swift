internal import Tokenizers

/// How a model's chat template lays conversations out, told by what it renders.
///
/// Nothing is known of templates in advance: each record is rendered by the program itself, which says
/// of every character whether it is the template's or a turn's. What an answer is between, the marks
/// that open and end it, is seen once, in a short conversation.
package struct ChatLayout: Sendable {
    /// The longest template that is looked at, in bytes; those of known models have at most a sixth
    /// of it.
    package static let templateLimit = 1 << 16

    let template: ChatTemplate
    /// Whether the template opens an answer when it is asked for one (`add_generation_prompt`).
    let listens: Bool
    /// What it writes between what it is asked with and an answer, as Qwen3 does an empty thought.
    let opening: String
    /// What it writes after an answer, up to and with the first special token; nil if there is none.
    let end: String?
    /// A prompt of it with `…` for what is asked.
    let outline: String

    /// - Parameters:
    ///   - chatTemplate: The Jinja text.
    ///   - encoder: Knows the special tokens, and those that begin and end a text.
    /// - Throws: `ChatTemplateProblem` if it cannot be carried out, or lays out what is no
    ///   conversation.
    package init(_ chatTemplate: String, encoder: some TextEncoder) throws(ChatTemplateProblem) {
        let probe = Conversation(
            Record(instruction: "…", output: "…"), question: [TextSpan("…", .instruction)])
        do {
            let edges = encoder.edges
            template = try ChatTemplate.opened(
                chatTemplate, beginning: encoder.text(of: edges.beginning),
                end: encoder.text(of: edges.end), probe)
            let unasked = try template.text(of: probe, first: 1, asks: false)
            let prompt = try template.text(of: probe, first: 1, asks: true)
            let whole = try template.text(of: probe, asks: false)
            guard let answer = RenderedAnswer(in: whole, source: 1),
                RenderedAnswer(in: prompt, source: 0) != nil
            else { throw ChatTemplateProblem.noConversation }
            guard answer.before.hasPrefix(prompt) else { throw ChatTemplateProblem.unlikeOpening }
            listens = prompt != unasked
            opening = JinjaText(answer.before.letters.dropFirst(prompt.count)).string
            end = Self.mark(in: answer.after.string, encoder.specialTexts)
            outline = prompt.string + (listens ? "" : opening)
        } catch let error as JinjaError {
            throw .refused("\(error)")
        } catch let problem as ChatTemplateProblem {
            throw problem
        } catch {
            throw .refused("\(error)")
        }
    }

    /// The start of `text` up to the first special token in it.
    private static func mark(in text: String, _ specials: [String]) -> String? {
        let ends = specials.filter { !$0.isEmpty }.compactMap { text.firstRange(of: $0) }
        let first = ends.min {
            ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound)
        }
        return first.map { String(text[..<$0.upperBound]) }
    }

    /// Whether the template had to be told a day.
    var isToldDay: Bool { template.isToldDay }
}

extension ChatLayout: Hashable {
    package static func == (left: ChatLayout, right: ChatLayout) -> Bool {
        left.template.text == right.template.text && left.outline == right.outline
            && left.end == right.end
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(template.text)
        hasher.combine(outline)
    }
}

extension ChatTemplate {
    /// The template, which is told the day if it cannot lay out `probe` without.
    fileprivate static func opened(
        _ text: String, beginning: String?, end: String?, _ probe: Conversation
    ) throws(JinjaError) -> ChatTemplate {
        var template = try ChatTemplate(text, beginning: beginning, end: end)
        do {
            _ = try template.text(of: probe, first: 1, asks: true)
        } catch {
            template.isToldDay = text.contains(JinjaFunctions.day)
            guard template.isToldDay else { throw error }
        }
        return template
    }
}

/// Where an answer stands in what a template rendered.
struct RenderedAnswer {
    let before: JinjaText
    /// The answer as far as the template shows it.
    let text: JinjaText
    let after: JinjaText

    /// Finds it; nil if it is not there, comes apart, or is followed by another piece.
    ///
    /// - Parameters:
    ///   - whole: What was rendered.
    ///   - source: The piece of the conversation that is the answer.
    init?(in whole: JinjaText, source: Int32) {
        guard let start = whole.letters.firstIndex(where: { $0.source == source }) else {
            return nil
        }
        let rest = whole.letters[start...]
        let end = rest.firstIndex { $0.source != source } ?? rest.endIndex
        guard whole.letters[end...].allSatisfy({ $0.source == JinjaText.template }) else {
            return nil
        }
        before = JinjaText(whole.letters[..<start])
        text = JinjaText(whole.letters[start..<end])
        after = JinjaText(whole.letters[end...])
    }
}
