/// Judges one pair of arms.
struct PairJudgement {
    let pair: PairedGap
    let input: VerdictInput
    let grid: LevelGrid
    /// Nil without items.
    let curves: ResampledCurves?
    /// The fewest items that are resampled; 0 without items.
    let itemCount: Int

    /// What is said of the pair, before its word is settled with those of the others.
    func verdict(random: inout ResampleRandom) -> PairVerdict {
        var verdict = PairVerdict(
            first: side(pair.first, other: pair.second),
            second: side(pair.second, other: pair.first),
            word: wordWithoutLevels, seeds: pair.seeds)
        guard let levels = pair.levels else {
            if verdict.word == .unresolved {
                verdict.unresolvedFrom = learned(pair.level ?? 0)
                verdict.unresolvedTo = learned(pair.level ?? min(reached.0, reached.1) - 1)
            }
            return verdict
        }
        let gap = estimate(over: levels, random: &random)
        (verdict.from, verdict.to) = (learned(levels.lowerBound), learned(levels.upperBound))
        verdict.gap = gap
        verdict.decision = Decision(gap, tolerance: input.forgotten.tolerance)
        verdict.crossing = crossing(over: levels, random: &random)
        verdict.lastRate = lastRate(over: levels, halfWidth: gap.interval?.halfWidth ?? .infinity)
        verdict.word = .undecided
        return verdict
    }

    /// The value of the axis of learning at a level.
    private func learned(_ level: Int) -> Double { grid.level(level) * input.learned.sign }

    private var reached: (Int, Int) {
        (
            pair.first.arm.reached(by: pair.first.seeds),
            pair.second.arm.reached(by: pair.second.seeds)
        )
    }

    /// The word where there is nothing to compare at equal learning.
    private var wordWithoutLevels: VerdictWord {
        if pair.seeds.isEmpty { return .notPaired }
        let needed = pair.level ?? PairedGap.fewestLevels
        return
            switch (reached.0 > needed, reached.1 > needed)
        {
        case (true, false): .firstOnly
        case (false, true): .secondOnly
        case (false, false): .neitherLearns
        case (true, true): .unresolved
        }
    }

    private func estimate(
        over levels: ClosedRange<Int>, random: inout ResampleRandom
    ) -> GapEstimate {
        GapEstimate(
            gaps: pair.gaps(over: levels),
            resampled: curves.map { ResampledGaps(pair, over: levels, curves: $0).bySeed },
            itemCount: itemCount, random: &random)
    }

    // MARK: - Crossing curves

    /// Splits the levels where the parts differ most, and asks each part for itself.
    private func crossing(
        over levels: ClosedRange<Int>, random: inout ResampleRandom
    ) -> CrossingCurves? {
        guard let split = Self.split(pair.meanGaps(over: levels)) else { return nil }
        let place = levels.lowerBound + split
        let parts = [levels.lowerBound...place, place...levels.upperBound]
        guard parts.allSatisfy({ $0.count > PairedGap.fewestLevels }) else { return nil }
        let gaps = parts.map { estimate(over: $0, random: &random) }
        let claims = gaps.map { gap in
            gap.interval.flatMap { Claim($0, tolerance: input.forgotten.tolerance) }
        }
        guard claims == [.less, .more] || claims == [.more, .less] else { return nil }
        return CrossingCurves(at: learned(place), before: gaps[0].mean, after: gaps[1].mean)
    }

    /// The index up to which the sum is farthest on one side of 0 while the rest is on the other; nil
    /// if no split has both.
    private static func split(_ gaps: [Double]) -> Int? {
        let total = gaps.reduce(0, +)
        var (sum, best): (Double, (index: Int, size: Double)?) = (0, nil)
        for (index, gap) in gaps.enumerated() {
            sum += gap
            let rest = total - sum
            guard sum * rest < 0, abs(sum) + abs(rest) > best?.size ?? 0 else { continue }
            best = (index, abs(sum) + abs(rest))
        }
        return best?.index
    }

    // MARK: - The last rate

    /// Where the first of the two arms is left with its highest rate, if that moves the gap by more than
    /// its interval tells.
    private func lastRate(over levels: ClosedRange<Int>, halfWidth: Double) -> LastRate? {
        let starts = [pair.first.whole, pair.second.whole].compactMap { arm in
            arm.startOfLastRate(in: levels).map { (arm.arm.name, $0) }
        }
        guard let (arm, start) = starts.min(by: { $0.1 < $1.1 }) else { return nil }
        let gaps = pair.meanGaps(over: levels)
        let mean = { (part: ArraySlice<Double>) in part.reduce(0, +) / Double(part.count) }
        let before = mean(gaps[..<(start - levels.lowerBound)])
        let after = mean(gaps[(start - levels.lowerBound)...])
        guard abs(after - before) > halfWidth else { return nil }
        return LastRate(arm: arm, from: learned(start), before: before, after: after)
    }

    // MARK: - The two arms

    private func side(_ side: PairSide, other: PairSide) -> PairVerdict.Side {
        let levels = pair.levels
        let best = levels.map(side.whole.rates) ?? []
        let mixed = levels.map(side.whole.mixed) ?? []
        let target =
            pair.level.map { $0 + 1 }
            ?? max(
                side.arm.reachedByMost(of: side.seeds), other.arm.reachedByMost(of: other.seeds))
        return PairVerdict.Side(
            arm: side.arm.name, rates: best.map { side.arm.rates[$0] },
            gridEnds: gridEnds(best, of: side.arm), rateCount: side.arm.rates.count,
            dependsOnSeed: levels.map { side.compared.rates(over: $0) != best } ?? false,
            mixedFrom: mixed.first.map(learned), mixedTo: mixed.last.map(learned),
            seedsReached: side.arm.seedsReaching(max(target - 1, 0), of: side.seeds),
            isCutShort: target - (levels?.upperBound ?? 0) > PairedGap.fewestLevels,
            lowest: side.arm.lowest(by: side.seeds).map { $0 * input.learned.sign },
            farthest: target > 0 ? learned(target - 1) : nil)
    }

    private func gridEnds(_ best: [Int], of arm: ArmTable) -> [PairVerdict.GridEnd] {
        guard arm.rates.count > 1 else { return [] }
        return (best.contains(0) ? [.lower] : [])
            + (best.contains(arm.rates.count - 1) ? [.upper] : [])
    }
}
