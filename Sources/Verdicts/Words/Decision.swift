/// What a gap decides, and if nothing, why not and what would.
package struct Decision: Codable, Sendable, Equatable {
    /// What keeps an interval's claim from being the word.
    package enum Objection: String, Codable, Sendable {
        /// With other items the gap could be another.
        case otherItems
        /// Holm's correction: of so many pairs one can look like this by chance.
        case manyPairs
    }

    /// What the interval claims by itself.
    package var claim: Claim?
    package var objection: Objection?
    /// Two-sided, of the claim; nil with fewer than three seeds.
    package var p: Double?
    /// Over all pairs of the verdict (Holm).
    package var adjustedP: Double?
    /// The gap beyond δ that so many seeds could have shown, with a chance of four in five.
    package var detectable: Double?
    /// How many seeds would decide if the gap is what it seems; nil if that cannot be said.
    package var seedsToDecide: Int?

    /// What is left of the claim.
    package var accepted: Claim? { objection == nil ? claim : nil }

    init(_ estimate: GapEstimate, tolerance: Double) {
        claim = estimate.interval.flatMap { Claim($0, tolerance: tolerance) }
        let count = estimate.gaps.count
        guard count >= PairSide.fewestSeeds, let interval = estimate.interval else { return }
        let t = StudentT(degrees: Double(count - 1))
        let room = abs(abs(estimate.mean) - tolerance)
        let error = interval.halfWidth / t.quantile(Interval.upperTail)
        p = error > 0 ? min(1, 2 * t.upperTail(room / error)) : room > 0 ? 0 : 1
        let power = SeedPower(standardDeviation: Sample(estimate.gaps).standardDeviation)
        detectable = power.detectable(seeds: count)
        if claim == nil { seedsToDecide = power.seeds(toShow: room, moreThan: count) }
        if let claim, let items = estimate.items, Claim(items, tolerance: tolerance) != claim {
            objection = .otherItems
        }
    }

    mutating func adjust(p: Double) {
        adjustedP = p
        if objection == nil, claim != nil, p > 1 - Interval.confidence { objection = .manyPairs }
    }
}

/// What a number of seeds can show.
struct SeedPower {
    let standardDeviation: Double

    private static let power = 0.8
    /// More seeds than anybody runs.
    private static let most = 10_000

    /// (t_{.975} + t_{.8}) · sd / √n, with n − 1 degrees of freedom.
    func detectable(seeds: Int) -> Double {
        let t = StudentT(degrees: Double(seeds - 1))
        return (t.quantile(Interval.upperTail) + t.quantile(Self.power)) * standardDeviation
            / Double(seeds).squareRoot()
    }

    /// The fewest seeds, but more than there are, with which a difference is detectable.
    func seeds(toShow difference: Double, moreThan count: Int) -> Int? {
        guard detectable(seeds: Self.most) <= difference else { return nil }
        var (low, high) = (count, Self.most)
        while high - low > 1 {
            let middle = (low + high) / 2
            if detectable(seeds: middle) <= difference { high = middle } else { low = middle }
        }
        return high
    }
}

/// Holm's step-down correction of several p values (Holm 1979).
enum Holm {
    /// In the given order: the largest, over the p values up to each in ascending order, of the number
    /// of hypotheses that are left times p; at most 1.
    static func adjusted(_ values: [Double]) -> [Double] {
        var adjusted = values
        var largest = 0.0
        let ascending = values.indices.sorted { values[$0] < values[$1] }
        for (rank, index) in ascending.enumerated() {
            largest = max(largest, min(1, Double(values.count - rank) * values[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}
