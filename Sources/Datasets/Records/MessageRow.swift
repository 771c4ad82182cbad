/// One message of a conversation in a file.
///
/// `role` and `content`, or ShareGPT's `from` and `value`. A content may be a list of parts of text,
/// which are joined. What else a message can hold is refused by name, for a prompt without it would
/// be another one.
struct MessageRow: Decodable {
    /// The turn, or what is wrong with it.
    let turn: Result<ChatTurn, Problem>

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private static let speakers: [String: ChatTurn.Speaker] = [
        "system": .system, "user": .user, "human": .user, "assistant": .assistant,
        "gpt": .assistant,
    ]

    /// What is refused, and what it is.
    private static let refused = [
        ("tool_calls", "calls of tools"), ("function_call", "calls of tools"),
        ("tool_call_id", "results of tools"), ("reasoning_content", "reasoning"),
        ("reasoning", "reasoning"), ("thinking", "reasoning"), ("images", "images"),
        ("image", "images"), ("audio", "sound"), ("audios", "sound"), ("videos", "images"),
        ("weight", "weights of single turns"), ("loss", "weights of single turns"),
    ]

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: AnyKey.self)
        do {
            let name = try Self.text(row, "role") ?? Self.text(row, "from") ?? ""
            guard let speaker = Self.speakers[name] else {
                throw Problem(
                    description: "its role is '\(name.prefix(40))'; system, user and assistant are "
                        + "learned from")
            }
            for (key, what) in Self.refused where row.says(key) {
                throw Problem(description: "\(key): \(what) cannot be learned from")
            }
            let key = row.contains(AnyKey("content")) ? "content" : "value"
            turn = .success(ChatTurn(speaker, try Self.content(row, AnyKey(key))))
        } catch let problem as Problem {
            turn = .failure(problem)
        }
    }

    private static func text(
        _ row: KeyedDecodingContainer<AnyKey>, _ name: String
    ) throws(Problem) -> String? {
        guard row.contains(AnyKey(name)) else { return nil }
        guard let text = try? row.decode(String.self, forKey: AnyKey(name)) else {
            throw Problem(description: "\(name) is no text")
        }
        return text
    }

    private static func content(
        _ row: KeyedDecodingContainer<AnyKey>, _ key: AnyKey
    ) throws(Problem) -> String {
        guard row.contains(key) else { throw Problem(description: "it has no content") }
        if let text = try? row.decode(String.self, forKey: key) { return text }
        guard let parts = try? row.decode([Part].self, forKey: key) else {
            throw Problem(
                description: "its \(key.stringValue) is neither a text nor a list of parts")
        }
        if let other = parts.first(where: { $0.text == nil }) {
            throw Problem(
                description: "a part of it is of type '\(other.type)'; text is learned from alone")
        }
        return parts.compactMap(\.text).joined()
    }

    /// A part of a content: `{"type": "text", "text": "..."}`.
    private struct Part: Decodable {
        let type: String
        /// Nil for a part of another type.
        let text: String?

        init(from decoder: any Decoder) throws {
            let row = try decoder.container(keyedBy: AnyKey.self)
            type = (try? row.decode(String.self, forKey: AnyKey("type"))) ?? ""
            text = type == "text" ? try? row.decode(String.self, forKey: AnyKey("text")) : nil
        }
    }
}
