/// A model's own chat template: a Jinja program that makes one text of a conversation.
///
/// It is carried out as transformers does it. `tools` and `documents` are none, and no other setting of
/// a template (`enable_thinking`, `date_string`) is given. transformers tells templates the day
/// (`strftime_now`); here it is told them only where they cannot do without, and then it is always the
/// same, so that a study does not depend on the day on which it is run.
///
/// Source: transformers 5.24, `utils/chat_template_utils.py`.
struct ChatTemplate: Sendable {
    /// The longest template that is looked at, in bytes.
    static let limit = ChatLayout.templateLimit

    /// The steps and letters that every rendering may take, and as many again for each letter of the
    /// conversation.
    private static let budget = (constant: 1 << 22, perLetter: 64)

    let text: String
    private let nodes: [JinjaNode]
    private let beginning: String?
    private let end: String?
    /// Whether it is told the day.
    var isToldDay = false

    /// - Parameters:
    ///   - text: The template.
    ///   - beginning: The text of `bos_token`.
    ///   - end: The text of `eos_token`.
    /// - Throws: `JinjaError` if it is too long or cannot be read.
    init(_ text: String, beginning: String?, end: String?) throws(JinjaError) {
        guard text.utf8.count <= Self.limit else {
            throw JinjaError("it is longer than \(Self.limit) bytes")
        }
        self.text = text
        self.beginning = beginning
        self.end = end
        nodes = try JinjaTemplateParser.nodes(of: text)
    }

    /// What it makes of the first turns of a conversation.
    ///
    /// - Parameters:
    ///   - conversation: The turns.
    ///   - count: How many of them; nil for all.
    ///   - asks: Whether the assistant's next turn is to be opened (`add_generation_prompt`).
    /// - Returns: The text.
    /// - Throws: `JinjaError` if it refuses the conversation or does what is not known.
    func text(
        of conversation: Conversation, first count: Int? = nil, asks: Bool
    ) throws(JinjaError) -> JinjaText {
        var names: [String: JinjaValue] = [
            "messages": conversation.messages(first: count ?? conversation.turns.count),
            "add_generation_prompt": .boolean(asks), "tools": .none, "documents": .none,
        ]
        names["bos_token"] = beginning.map { .text($0) }
        names["eos_token"] = end.map { .text($0) }
        if isToldDay { names[JinjaFunctions.day] = .function(.named(JinjaFunctions.day)) }
        let letters = conversation.turns.reduce(0) { $0 + $1.text.unicodeScalars.count }
        var renderer = JinjaRenderer(
            names, budget: Self.budget.constant + Self.budget.perLetter * letters)
        try renderer.render(nodes)
        return JinjaText(renderer.output)
    }
}
