/// What a verdict says of two arms, and what it rests on.
package struct PairVerdict: Codable, Sendable, Equatable {
    /// One of the two arms.
    package struct Side: Codable, Sendable, Equatable {
        package var arm: String
        /// Its rates that are best at some of the levels, ascending.
        package var rates: [Double]
        /// Where the best rate is at an end of a grid of several.
        package var gridEnds: [GridEnd]
        /// All its rates.
        package var rateCount: Int
        /// The rates that are best with one seed left out are others.
        package var dependsOnSeed: Bool
        /// The values of learning, nearest to the base and farthest from it, at which not all seeds are
        /// read at the same rate, for not all come so far at the best.
        package var mixedFrom: Double?
        package var mixedTo: Double?
        /// How many of the seeds come as far as most seeds of the arm that comes farther.
        package var seedsReached: Int
        /// Whether that is well beyond the levels that are compared.
        package var isCutShort: Bool
        /// The lowest value of learning that all seeds reach, each at some rate.
        package var lowest: Double?
        /// The value of learning that `seedsReached` is about.
        package var farthest: Double?
    }

    /// An end of a grid of learning rates.
    package enum GridEnd: String, Codable, Sendable {
        case lower, upper
    }

    package var first: Side
    package var second: Side
    package var word: VerdictWord
    /// The seeds that both have.
    package var seeds: [UInt64]
    /// The values of learning that both reach and resolve: nearest to the base, farthest from it.
    package var from: Double?
    package var to: Double?
    /// The first arm's forgetting less the second's.
    package var gap: GapEstimate?
    package var decision: Decision?
    /// Where the curves cross, if both sides of the place are sure.
    package var crossing: CrossingCurves?
    /// Where an arm is left with its highest rate, if the gap is another one there.
    package var lastRate: LastRate?
    /// How far both came, but between evaluations too far apart: as `from` and `to`.
    package var unresolvedFrom: Double?
    package var unresolvedTo: Double?
}

/// An arm whose other rates do not come so far: what a gap is before, and where it is left with the one.
package struct LastRate: Codable, Sendable, Equatable {
    package var arm: String
    /// The value of learning from which on it is.
    package var from: Double
    /// The gap nearer to the base, and from there on.
    package var before: Double
    package var after: Double
}

/// Two arms of which one forgets less at first and the other later.
package struct CrossingCurves: Codable, Sendable, Equatable {
    /// The value of learning at which the mean gap changes its sign.
    package var at: Double
    /// The gap before it, nearer to the base, and after it.
    package var before: Double
    package var after: Double
}
