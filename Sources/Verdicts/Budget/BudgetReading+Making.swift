extension BudgetReading {
    /// Of all arms; those without a rate with every seed are left out.
    ///
    /// - Parameters:
    ///   - budget: In the unit of the axis of forgetting.
    ///   - arms: Read at the levels.
    ///   - input: What they were made of.
    ///   - draws: Nil without items.
    ///   - random: Draws seeds.
    init(
        budget: Double, arms: [ArmTable], input: VerdictInput, draws: ItemDraws?,
        random: inout ResampleRandom
    ) {
        let choices = arms.compactMap { BudgetChoice($0, budget: budget) }
        self.budget = budget
        self.arms = choices.compactMap { $0.reading(input) }
            .sorted { ($0.learned - $1.learned) * input.learned.sign < 0 }
        pairs = []
        for (index, first) in choices.enumerated() {
            for second in choices[(index + 1)...] {
                if let pair = Pair(first, second, input, draws, random: &random) {
                    pairs.append(pair)
                }
            }
        }
        correct()
    }

    /// Holm's correction over all pairs.
    private mutating func correct() {
        let tested = pairs.indices.filter { pairs[$0].decision.p != nil }
        let adjusted = Holm.adjusted(tested.compactMap { pairs[$0].decision.p })
        for (index, p) in zip(tested, adjusted) { pairs[index].decision.adjust(p: p) }
    }
}

extension BudgetReading.Pair {
    /// - Returns: nil if the arms have no seed in common.
    fileprivate init?(
        _ first: BudgetChoice, _ second: BudgetChoice, _ input: VerdictInput, _ draws: ItemDraws?,
        random: inout ResampleRandom
    ) {
        let seeds = first.arm.seeds.enumerated().compactMap { index, seed in
            second.arm.seeds.firstIndex(of: seed).map { (index, $0) }
        }
        guard !seeds.isEmpty else { return nil }
        let (a, b) = (first.left, second.left)
        let resampled = draws.map { draws in
            let a = first.resampledLeft(input, draws)
            let b = second.resampledLeft(input, draws)
            return seeds.map { one, other in zip(a[one], b[other]).map { $0 - $1 } }
        }
        self.first = first.arm.name
        self.second = second.arm.name
        gap = GapEstimate(
            gaps: seeds.map { a[$0] - b[$1] }, resampled: resampled,
            itemCount: draws?.fewestItems ?? 0, random: &random)
        decision = Decision(gap, tolerance: input.learned.tolerance)
        items =
            seeds.count == 1 && draws != nil
            ? Self.items(first, seeds[0].0, second, seeds[0].1, input.learned) : nil
    }

    /// Item against item on the report half, where the axis is one accuracy.
    private static func items(
        _ first: BudgetChoice, _ one: Int, _ second: BudgetChoice, _ other: Int, _ axis: Axis
    ) -> PairedAccuracy? {
        guard axis.unit == .points, axis.parts.count == 1, let a = first.curve(seed: one),
            let b = second.curve(seed: other)
        else { return nil }
        let reported = axis.parts[0].isSelection.indices.filter { !axis.parts[0].isSelection[$0] }
        let scores = { (curve: TrajectoryCurve, point: Int) in
            reported.map { curve.points[point].learnedSums[0][$0] }
        }
        return PairedAccuracy(scores(a, first.points[one]), scores(b, second.points[other]))
    }
}
