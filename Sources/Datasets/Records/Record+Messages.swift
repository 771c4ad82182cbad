extension Record {
    /// The keys under which a row has a conversation.
    private static let names = ["messages", "conversations"]

    /// What a row can have beside a conversation that would change its prompt.
    private static let refused = ["tools", "functions", "documents", "images", "audios", "videos"]

    /// The conversation of a row; nil if it has none.
    ///
    /// The last turn is the answer, that before it, a user's, is what is asked, and the turns before
    /// both are `earlier`. ShareGPT's rows may have their system turn in `system`.
    /// - Throws: `ConversationProblem` with all that is wrong.
    init?(conversationOf decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: AnyKey.self)
        guard let name = Self.names.first(where: { row.contains(AnyKey($0)) }) else { return nil }
        guard let messages = try? row.decode([MessageRow].self, forKey: AnyKey(name)) else {
            throw ConversationProblem(reasons: ["\(name) is no list of messages"])
        }
        var reasons = Self.refused.filter { row.says($0) }.map {
            "\($0): cannot be learned from; leave the record out"
        }
        var turns: [ChatTurn] = []
        if let system = try? row.decodeIfPresent(String.self, forKey: AnyKey("system")),
            !system.isEmpty
        {
            turns.append(ChatTurn(.system, system))
        }
        for (index, message) in messages.enumerated() {
            switch message.turn {
            case .success(let turn): turns.append(turn)
            case .failure(let problem): reasons.append("\(name)[\(index)]: \(problem)")
            }
        }
        if reasons.isEmpty, let problem = Self.problem(of: turns) {
            reasons.append("\(name): \(problem)")
        }
        guard reasons.isEmpty else { throw ConversationProblem(reasons: reasons) }
        self.init(
            instruction: turns[turns.count - 2].text, output: turns[turns.count - 1].text,
            earlier: turns.dropLast(2))
    }

    private static func problem(of turns: [ChatTurn]) -> String? {
        guard turns.count >= 2, turns[turns.count - 1].speaker == .assistant,
            turns[turns.count - 2].speaker == .user
        else { return "the last two turns must be a user's and the assistant's answer to it" }
        return turns[turns.count - 2].text.isEmpty ? "the last user's turn is empty" : nil
    }

    /// All that is wrong with a conversation; messages are counted from 0, as in JSON.
    struct ConversationProblem: Error, CustomStringConvertible {
        let reasons: [String]

        var description: String { reasons.joined(separator: "; ") }
    }
}
