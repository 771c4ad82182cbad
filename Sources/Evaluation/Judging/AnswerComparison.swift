internal import Datasets

/// How a written answer is compared with the gold one: what is looked for in it, and what of both does
/// not count.
///
/// - Reference: lm-evaluation-harness 0.4, filter `regex` and metric `exact_match` with
///   `regexes_to_ignore` and `ignore_case`.
package struct AnswerComparison: Sendable, Equatable {
    /// What stands for an answer in which nothing was found.
    package static let notFound = "[invalid]"

    /// What is taken of the written answer; nil for all of it.
    package var pattern: AnswerPattern?
    package var pick: AnswerPattern.Pick
    /// Taken out of both, in order.
    package var ignored: [AnswerPattern]
    package var ignoresCase: Bool
    /// Whether white space at the ends counts for nothing.
    package var stripsEnds: Bool

    package init(
        pattern: AnswerPattern? = nil, pick: AnswerPattern.Pick = .first,
        ignored: [AnswerPattern] = [], ignoresCase: Bool = false, stripsEnds: Bool = true
    ) {
        self.pattern = pattern
        self.pick = pick
        self.ignored = ignored
        self.ignoresCase = ignoresCase
        self.stripsEnds = stripsEnds
    }

    /// What of a written answer is compared, as it stands there.
    package func extracted(from answer: String) -> String {
        guard let pattern else { return answer }
        return pattern.found(in: answer, pick) ?? Self.notFound
    }

    /// What of a text is compared in the end.
    package func normalised(_ text: String) -> String {
        let kept = ignored.reduce(text) { $1.removed(from: $0) }
        let ends = stripsEnds ? PythonText.trimmedEnd(kept) : kept
        return ignoresCase ? ends.lowercased() : ends
    }

    /// Whether both are the same code points.
    package func isSame(_ answer: String, as gold: String) -> Bool {
        normalised(extracted(from: answer)).unicodeScalars
            .elementsEqual(normalised(gold).unicodeScalars)
    }

    /// Whether the gold text, which is not empty, stands in what is compared of the answer.
    package func isContained(_ gold: String, in answer: String) -> Bool {
        let gold = normalised(gold).unicodeScalars
        return !gold.isEmpty && normalised(extracted(from: answer)).unicodeScalars.contains(gold)
    }
}
