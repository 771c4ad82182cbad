/// What a person chooses about a verdict, beside its axes.
package struct VerdictSettings: Sendable, Equatable {
    /// The most that may be forgotten, in the unit of its axis; nil asks no such question.
    package var budget: Double?
    /// The value of the axis of learning at which arms are compared; nil compares them over all levels
    /// that both of a pair reach.
    package var level: Double?
    /// Resamples of a bootstrap.
    package var draws: Int
    /// Of the resamples.
    package var seed: UInt64

    package init(
        budget: Double? = nil, level: Double? = nil, draws: Int = 1_000, seed: UInt64 = 0
    ) {
        precondition(draws > 0, "VerdictSettings: \(draws) draws")
        self.budget = budget
        self.level = level
        self.draws = draws
        self.seed = seed
    }
}
