extension Verdict {
    /// What it says, a sentence a pair; then, with a budget, what each arm can learn.
    package var sentences: [String] {
        pairs.map { PairSentence(pair: $0, verdict: self).text }
            + (budget.map { BudgetSentences(reading: $0, verdict: self).texts } ?? [])
    }

    /// What a reader has to know beside it.
    package var remarks: [String] { VerdictRemarks(verdict: self).texts }
}
