internal import Datasets
internal import Foundation

/// A regular expression of a task, as Python's `re` would read it: `.` and `$` know the line feed alone.
package struct AnswerPattern: Sendable, Equatable {
    /// As it was written.
    package let text: String
    private let expression: NSRegularExpression

    /// - Throws: `AnswerPatternProblem`.
    package init(_ text: String) throws(AnswerPatternProblem) {
        self.text = text
        do {
            expression = try NSRegularExpression(
                pattern: text, options: [.useUnixLineSeparators])
        } catch {
            throw AnswerPatternProblem(pattern: text)
        }
    }

    package static func == (left: AnswerPattern, right: AnswerPattern) -> Bool {
        left.text == right.text
    }

    /// Which of several matches is meant.
    package enum Pick: String, Sendable, CaseIterable {
        case first, last
    }

    /// The first group of a match that holds anything, or the whole match without a group.
    ///
    /// White space at the ends is left out; nil if nothing matches.
    func found(in text: String, _ pick: Pick) -> String? {
        let matches = expression.matches(in: text, range: Self.whole(text))
        guard let match = pick == .first ? matches.first : matches.last else { return nil }
        let groups = match.numberOfRanges > 1 ? 1..<match.numberOfRanges : 0..<1
        let texts = groups.map { Self.text(of: match.range(at: $0), in: text) }
        // A single group counts even if it is empty; of several, one that is not.
        let chosen = texts.count == 1 ? texts.first : texts.first { !$0.isEmpty }
        return chosen.map(PythonText.stripped)
    }

    /// The text without whatever matches.
    func removed(from text: String) -> String {
        expression.stringByReplacingMatches(
            in: text, range: Self.whole(text), withTemplate: "")
    }

    private static func whole(_ text: String) -> NSRange {
        NSRange(text.startIndex..., in: text)
    }

    private static func text(of range: NSRange, in text: String) -> String {
        Range(range, in: text).map { String(text[$0]) } ?? ""
    }
}

/// What is no regular expression.
package struct AnswerPatternProblem: Error, Equatable, CustomStringConvertible {
    let pattern: String

    package var description: String { "`\(pattern)` is no regular expression" }
}
