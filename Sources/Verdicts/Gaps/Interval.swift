/// A 95 % confidence interval.
package struct Interval: Codable, Sendable, Equatable {
    /// What would be drawn anew.
    package enum Scope: String, Codable, Sendable {
        /// Training runs, judged on these items.
        case seeds
        /// Items, for these training runs.
        case items
        /// Both.
        case seedsAndItems
    }

    package var lower: Double
    package var upper: Double
    package var scope: Scope

    package init(lower: Double, upper: Double, scope: Scope) {
        self.lower = lower
        self.upper = upper
        self.scope = scope
    }

    /// The share of repetitions that would contain the truth.
    package static let confidence = 0.95
    static let upperTail = 1 - (1 - confidence) / 2

    /// mean ± t_{n−1, .975} · sd / √n over seeds.
    init(seeds: Sample) {
        let half =
            StudentT(degrees: Double(seeds.count - 1)).quantile(Self.upperTail)
            * seeds.standardError
        self.init(lower: seeds.mean - half, upper: seeds.mean + half, scope: .seeds)
    }

    /// The percentiles of resampled estimates, moved away from the estimate by a factor.
    init(_ estimate: Double, resampled: [Double], expansion: Double, scope: Scope) {
        let sorted = resampled.sorted()
        let percentile = { (share: Double) in
            let place = share * Double(sorted.count - 1)
            let below = sorted[Int(place)]
            let above = sorted[min(Int(place) + 1, sorted.count - 1)]
            return below + (place - place.rounded(.down)) * (above - below)
        }
        let lower = percentile(1 - Self.upperTail)
        let upper = percentile(Self.upperTail)
        self.init(
            lower: estimate + expansion * (lower - estimate),
            upper: estimate + expansion * (upper - estimate), scope: scope)
    }

    /// What the percentiles of a bootstrap of n things lack: √(n/(n−1)) · t_{n−1} / z.
    ///
    /// - Reference: Hesterberg, *What Teachers Should Know about the Bootstrap* (arXiv 1411.5279),
    ///   4.1 and 5.3, the expanded percentile interval.
    static func expansion(count: Double, degrees: Double) -> Double {
        (count / (count - 1)).squareRoot() * StudentT(degrees: degrees).quantile(upperTail)
            / NormalDistribution.quantile(upperTail)
    }

    /// How far it reaches to each side, on average.
    var halfWidth: Double { (upper - lower) / 2 }
}
