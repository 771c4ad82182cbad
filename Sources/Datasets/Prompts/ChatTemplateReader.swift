/// Reads what a chat template puts around a user's message and around the answer.
///
/// Two forms are known, each with or without a system turn that opens a conversation which has none
/// of its own: all turns laid out alike around `message['role']`, and one branch for the user's and
/// one for the assistant's. Whatever else a template does, it is not read: Jinja is not evaluated.
struct ChatTemplateReader {
    /// What stands around the user's message and the answer.
    struct Turns: Equatable {
        var before: String
        /// Between the user's message and the answer.
        var between: String
        /// After the answer; empty if that is the token for the end of the text.
        var after: String
        /// Whether the template itself puts the token before the text that begins one.
        var beginsText = false
    }

    private var parts: ArraySlice<ChatTemplateParts.Part>

    init(_ parts: ChatTemplateParts) {
        self.parts = parts.parts[...]
    }

    /// - Returns: Nil for a template of another form.
    mutating func turns() -> Turns? {
        passDefault()
        let beginsText = take("bos_token")
        let start = text()
        guard let early = systemTurn("if messages[0]['role']!='system'"),
            take("for message in messages"),
            let opening = systemTurn("if loop.first and messages[0]['role']!='system'"),
            var turns = uniformTurns() ?? branchedTurns(),
            take("endfor"), take("if add_generation_prompt"), text() == turns.answerOpening,
            take("endif"), parts.isEmpty
        else { return nil }
        turns.turns.beginsText = beginsText
        turns.turns.before = start + early + opening + turns.turns.before
        turns.turns.between += turns.answerOpening
        return turns.turns
    }

    /// The turns without a system turn, and what opens an answer.
    private typealias Body = (turns: Turns, answerOpening: String)

    /// Every turn alike: the role's name in a fixed frame.
    private mutating func uniformTurns() -> Body? {
        let start = parts
        let first = text()
        guard take("message['role']") else {
            parts = start
            return nil
        }
        let second = text()
        guard take("message['content']") else { return nil }
        let end = text()
        let turns = Turns(before: first + "user" + second, between: end, after: end)
        return (turns, first + "assistant" + second)
    }

    /// A branch for each role.
    private mutating func branchedTurns() -> Body? {
        guard take("if message['role']=='user'") else { return nil }
        let before = text()
        guard take("message['content']") else { return nil }
        let between = text()
        guard take("elif message['role']=='assistant'") || take("else") else { return nil }
        let opening = text()
        guard take("message['content']") else { return nil }
        let after = take("eos_token") ? "" : text()
        guard take("endif") else { return nil }
        return (Turns(before: before, between: between, after: after), opening)
    }

    /// The text under a condition that only conversations without a system turn fulfil; empty
    /// without such a condition.
    private mutating func systemTurn(_ condition: String) -> String? {
        guard take(condition) else { return "" }
        let turn = text()
        return take("endif") ? turn : nil
    }

    /// Old templates give `add_generation_prompt` a value where the caller gives none.
    private mutating func passDefault() {
        let start = parts
        let isThere =
            take("if not add_generation_prompt is defined")
            && take("set add_generation_prompt=false") && take("endif")
        if !isThere { parts = start }
    }

    private mutating func take(_ code: String) -> Bool {
        guard parts.first == .code(code) else { return false }
        parts.removeFirst()
        return true
    }

    /// The text that comes next; empty if code does.
    private mutating func text() -> String {
        guard case .text(let text) = parts.first else { return "" }
        parts.removeFirst()
        return text
    }
}
