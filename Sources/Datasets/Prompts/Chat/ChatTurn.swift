/// What one side says in a conversation.
package struct ChatTurn: Sendable, Hashable {
    /// Who speaks, as chat templates spell it.
    package enum Speaker: String, Sendable {
        case system, user, assistant
    }

    package var speaker: Speaker
    package var text: String

    package init(_ speaker: Speaker, _ text: String) {
        self.speaker = speaker
        self.text = text
    }
}

/// A conversation as a template is given it: turns of pieces, each of which is followed through the
/// template.
struct Conversation {
    struct Turn {
        let speaker: ChatTurn.Speaker
        /// The text, of which a part may be marks between pieces of a record.
        let pieces: [TextSpan]

        var text: String { pieces.map(\.text).joined() }
    }

    private(set) var turns: [Turn]

    /// A record's turns, the last of which is its answer.
    init(_ record: Record, question: [TextSpan]) {
        turns = record.earlier.map { turn in
            let role: TextSpan.Role = turn.speaker == .assistant ? .response : .instruction
            return Turn(speaker: turn.speaker, pieces: [TextSpan(turn.text, role)])
        }
        turns.append(Turn(speaker: .user, pieces: question))
        turns.append(Turn(speaker: .assistant, pieces: [TextSpan(record.output, .response)]))
    }

    /// The pieces that a record brings, of all turns.
    var pieces: [(turn: Int, span: TextSpan)] {
        turns.enumerated().flatMap { index, turn in
            turn.pieces.filter { $0.role != .template }.map { (index, $0) }
        }
    }

    /// What the variable `messages` of a template holds, for the first turns.
    func messages(first count: Int) -> JinjaValue {
        var source: Int32 = 0
        return .list(
            turns.prefix(count).map { turn in
                let content = turn.pieces.reduce(JinjaText("")) { text, piece in
                    guard piece.role != .template else { return text + JinjaText(piece.text) }
                    defer { source += 1 }
                    return text + JinjaText(piece.text, source: source)
                }
                return .mapping(
                    JinjaMapping([
                        ("role", .text(turn.speaker.rawValue)), ("content", .text(content)),
                    ]))
            })
    }
}
