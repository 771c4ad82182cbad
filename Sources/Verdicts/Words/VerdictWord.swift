/// What a verdict says of two arms.
package enum VerdictWord: String, Codable, Sendable {
    /// The interval of the gap lies below −δ, and so it does for other items, and after Holm's
    /// correction over all pairs.
    case firstForgetsLess
    case secondForgetsLess
    /// The interval lies within ±δ.
    case tie
    /// Anything else.
    case undecided
    /// One seed or two: whatever the gap is, it is that of these seeds.
    case undecidedBeyondSeeds
    /// The other arm never reaches the levels that this one does.
    case firstOnly
    case secondOnly
    /// Neither comes below the base.
    case neitherLearns
    /// The levels that both reach lie between evaluations that are too far apart.
    case unresolved
    /// The arms have no seed in common, so that nothing is paired.
    case notPaired
}

/// What an interval claims by itself, with a tolerance δ.
package enum Claim: String, Codable, Sendable {
    case less, tie, more

    /// - Returns: nil where the interval says neither.
    init?(_ interval: Interval, tolerance: Double) {
        if interval.upper < -tolerance {
            self = .less
        } else if interval.lower > tolerance {
            self = .more
        } else if interval.lower >= -tolerance, interval.upper <= tolerance {
            self = .tie
        } else {
            return nil
        }
    }
}
