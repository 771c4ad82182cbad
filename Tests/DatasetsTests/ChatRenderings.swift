import Datasets
import Foundation

/// What transformers renders of conversations; `Tests/Peers/chat_templates.py` makes the file.
struct ChatRenderings: Decodable {
    struct Message: Decodable {
        var role: String
        var content: String
    }

    /// What a template makes of a conversation: its text, and that up to the last answer, or the
    /// reason why it refuses it.
    struct Case: Decodable {
        var prompt: String?
        var whole: String?
        var error: String?
    }

    struct Template: Decodable {
        var text: String
        var specials: [String]
        var bos: String?
        var eos: String
        var cases: [String: Case]

        /// An encoder that has the template's special tokens.
        var encoder: ByteEncoder {
            let named = [bos, eos].compactMap { $0 }.filter { !specials.contains($0) }
            return ByteEncoder(specials: specials + named, beginning: bos, end: eos)
        }
    }

    var conversations: [String: [Message]]
    var templates: [String: Template]

    static func read() throws -> ChatRenderings {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/chat-templates/renderings.json")
        return try JSONDecoder().decode(ChatRenderings.self, from: Data(contentsOf: file))
    }

    /// A conversation as a record.
    func record(_ name: String) -> Record? {
        let turns = (conversations[name] ?? []).compactMap { message in
            ChatTurn.Speaker(rawValue: message.role).map { ChatTurn($0, message.content) }
        }
        guard turns.count >= 2 else { return nil }
        return Record(
            instruction: turns[turns.count - 2].text, output: turns[turns.count - 1].text,
            earlier: turns.dropLast(2))
    }
}
