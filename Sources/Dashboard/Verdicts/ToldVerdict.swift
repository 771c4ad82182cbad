package import Verdicts

/// A verdict with its words, which are made once, when it comes, and not for every frame.
package struct ToldVerdict: Sendable, Equatable {
    let verdict: Verdict
    /// The surest first.
    let pairs: [JudgedPair]
    /// What is said beyond the pairs: the reading with a budget.
    let others: [String]
    /// What weakens it.
    let remarks: [String]

    package init(_ verdict: Verdict) {
        let sentences = verdict.sentences
        self.verdict = verdict
        pairs = JudgedPair.ordered(zip(verdict.pairs, sentences).map(JudgedPair.init))
        others = Array(sentences.dropFirst(verdict.pairs.count))
        remarks = verdict.remarks
    }
}
