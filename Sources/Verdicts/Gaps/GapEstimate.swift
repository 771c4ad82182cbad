/// A mean gap over seeds with its intervals, whatever the gap is of.
package struct GapEstimate: Codable, Sendable, Equatable {
    /// From so many seeds on items are drawn anew within seeds drawn anew; fewer have too few
    /// resamples.
    static let twoLevelSeeds = 8

    /// Below 0: the first arm has less.
    package var mean: Double
    /// By seed.
    package var gaps: [Double]
    /// What the word rests on; nil where nothing can be said (one seed or two, without items).
    package var interval: Interval?
    /// With three to seven seeds also: what other items would give for these training runs.
    package var items: Interval?

    /// - Parameters:
    ///   - gaps: One a seed.
    ///   - resampled: By seed, then draw: the gaps on resampled items; nil without items.
    ///   - itemCount: The fewest items that were resampled.
    ///   - random: Draws seeds.
    init(
        gaps: [Double], resampled: [[Double]]?, itemCount: Int, random: inout ResampleRandom
    ) {
        let seeds = Sample(gaps)
        self.gaps = gaps
        mean = seeds.mean
        let overItems = resampled.flatMap {
            Self.itemInterval(seeds.mean, $0, itemCount: itemCount)
        }
        if seeds.count < PairSide.fewestSeeds {
            interval = overItems
        } else if seeds.count >= Self.twoLevelSeeds, let resampled, overItems != nil {
            interval = Self.twoLevelInterval(seeds, resampled, random: &random)
        } else {
            interval = Interval(seeds: seeds)
            items = overItems
        }
    }

    /// The percentile interval of the mean over seeds on resampled items.
    private static func itemInterval(
        _ mean: Double, _ resampled: [[Double]], itemCount: Int
    ) -> Interval? {
        let means = means(of: resampled)
        guard !means.isEmpty, itemCount > 1 else { return nil }
        let items = Double(itemCount)
        return Interval(
            mean, resampled: means,
            expansion: Interval.expansion(count: items, degrees: items - 1), scope: .items)
    }

    /// By draw the mean over seeds, of the draws that reached a level with each.
    private static func means(of resampled: [[Double]]) -> [Double] {
        (resampled.first ?? []).indices.map { draw in
            resampled.reduce(0) { $0 + $1[draw] } / Double(resampled.count)
        }.filter { !$0.isNaN }
    }

    /// Seeds drawn anew, and for all of them the same items drawn anew.
    ///
    /// The part of the variance that is of seeds is widened as a mean of n is; its degrees of freedom
    /// are Satterthwaite's (1946), (n − 1) / share².
    private static func twoLevelInterval(
        _ seeds: Sample, _ resampled: [[Double]], random: inout ResampleRandom
    ) -> Interval {
        let means = (resampled.first ?? []).indices.map { draw in
            let drawn = (0..<seeds.count).map { _ in
                resampled[random.index(below: seeds.count)][draw]
            }
            return drawn.reduce(0, +) / Double(seeds.count)
        }.filter { !$0.isNaN }
        let count = Double(seeds.count)
        let spread = Sample(means).standardDeviation
        let ofSeeds = seeds.standardError * ((count - 1) / count).squareRoot()
        let share = spread > 0 ? min(1, ofSeeds * ofSeeds / (spread * spread)) : 1
        let degrees = (count - 1) / max(share * share, 1e-6)
        let expansion =
            (share * count / (count - 1) + 1 - share).squareRoot()
            * StudentT(degrees: degrees).quantile(Interval.upperTail)
            / NormalDistribution.quantile(Interval.upperTail)
        return Interval(
            seeds.mean, resampled: means, expansion: expansion, scope: .seedsAndItems)
    }
}
