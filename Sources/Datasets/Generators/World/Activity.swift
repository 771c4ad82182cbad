import Foundation

/// An everyday activity whose steps come in a fixed order.
struct Activity: Sendable {
    /// The heading, such as "Baking bread".
    let label: String
    /// Predicates in the third person, such as "puts the dough in the oven".
    let steps: [Phrase]

    /// The activity inside a sentence, such as "baking bread".
    var gerund: String {
        guard let first = label.first else { return label }
        return first.lowercased() + label.dropFirst()
    }

    /// Whether a person does this activity in the completion task and therefore never in the corpus.
    func isEvaluated(with person: String) -> Bool {
        stableHash(label + "/" + person) % 6 == 0
    }

    /// All activities: blocks of lines, first the label, then the steps.
    static let all: [Activity] = [atHome, outdoors, elsewhere].flatMap {
        $0.components(separatedBy: "\n\n")
    }.map { block in
        let lines = block.split(separator: "\n").map(String.init)
        return Activity(label: lines[0], steps: lines.dropFirst().map { Phrase($0) })
    }
}
