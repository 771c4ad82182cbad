import Verdicts

/// A verdict with its words, which are made once, when it comes, and not for every frame.
package struct ToldVerdict: Sendable, Equatable {
    let verdict: Verdict
    let question: VerdictQuestion
    /// The surest first.
    let pairs: [JudgedPair]
    /// What is said beyond the pairs: the reading with a budget.
    let others: [String]
    /// What weakens it.
    let remarks: [String]

    init(_ verdict: Verdict, answering question: VerdictQuestion = VerdictQuestion()) {
        let sentences = verdict.sentences
        self.verdict = verdict
        self.question = question
        pairs = JudgedPair.ordered(zip(verdict.pairs, sentences).map(JudgedPair.init))
        others = Array(sentences.dropFirst(verdict.pairs.count))
        remarks = verdict.remarks
    }
}
