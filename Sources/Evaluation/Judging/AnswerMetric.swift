/// A number that is made of written answers.
package struct AnswerMetric: Sendable, Equatable {
    /// How an answer is judged.
    package enum Rule: Sendable, Equatable {
        /// It must be the gold answer.
        case exactMatch(AnswerComparison)
        /// The gold answer must stand in it.
        case contains(AnswerComparison)
        /// The share of the gold answer's characters that it has at the same places.
        case characters
        /// It must be a program that passes the tests.
        case program
    }

    /// Its name in tables.
    package let name: String
    package let rule: Rule

    package init(_ name: String, _ rule: Rule) {
        self.name = name
        self.rule = rule
    }

    /// Whether a right answer needs a gold one.
    package var needsGold: Bool { rule != .program }

    /// What it is, in a line.
    var summary: String {
        switch rule {
        case .exactMatch: "share of written answers that equal the gold answer"
        case .contains: "share of written answers that hold the gold answer"
        case .characters:
            "share of the gold answers' characters that the written answers have at the same place"
        case .program: "share of written programs that pass their tests"
        }
    }

    /// What an answer scores, from 0 to 1; nil for programs, which have to be run.
    func score(_ answer: String, gold: String) -> Double? {
        switch rule {
        case .exactMatch(let comparison): comparison.isSame(answer, as: gold) ? 1 : 0
        case .contains(let comparison): comparison.isContained(gold, in: answer) ? 1 : 0
        case .characters: CharacterAccuracy.value(answer, gold: gold)
        case .program: nil
        }
    }
}
