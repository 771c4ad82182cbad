/// What each arm's best rate gives within a budget.
///
/// The points that keep to the budget do so over all items. Among them the selection half chooses step
/// and rate, by the mean over seeds; the report half says what was learned.
struct BudgetChoice {
    let arm: ArmTable
    let rate: Int
    /// By seed the index of the point.
    let points: [Int]

    /// - Returns: nil if the arm has no rate with every seed.
    init?(_ arm: ArmTable, budget: Double) {
        self.arm = arm
        let seeds = Array(arm.seeds.indices)
        let candidates = arm.rates.indices.compactMap { rate -> (Int, [Int], Double)? in
            guard let cells = arm.cells(rate: rate, seeds: seeds) else { return nil }
            let points = cells.compactMap { Self.point(of: $0.curve, budget: budget) }
            guard points.count == seeds.count else { return nil }
            let left = zip(cells, points).map { $0.curve.selection.left[$1] }
            return (rate, points, left.reduce(0, +) / Double(left.count))
        }
        guard let best = candidates.min(by: { $0.2 < $1.2 }) else { return nil }
        (rate, points) = (best.0, best.1)
    }

    /// The point that has learned most of those that keep to the budget; nil without points.
    static func point(of curve: TrajectoryCurve, budget: Double) -> Int? {
        curve.points.indices.filter { curve.whole.forgotten[$0] <= budget }
            .min { curve.selection.left[$0] < curve.selection.left[$1] }
    }

    func curve(seed: Int) -> TrajectoryCurve? { arm.cells[rate][seed]?.curve }

    /// By seed what is left to learn, on the report half.
    var left: [Double] {
        points.indices.map { curve(seed: $0)?.report.left[points[$0]] ?? .nan }
    }

    /// By seed, then draw, on resampled items.
    func resampledLeft(_ input: VerdictInput, _ draws: ItemDraws) -> [[Double]] {
        points.indices.map { seed in
            guard let sums = curve(seed: seed)?.points[points[seed]].learnedSums else { return [] }
            return draws.losses(of: [sums], sign: input.learned.sign).map(Double.init)
        }
    }

    func reading(_ input: VerdictInput) -> BudgetReading.Arm? {
        let places = points.indices.compactMap { place(seed: $0, input) }
        guard places.count == points.count, let best = bestSeed else { return nil }
        return BudgetReading.Arm(
            arm: arm.name, learningRate: arm.rates[rate],
            learned: places.map(\.learned).reduce(0, +) / Double(places.count), places: places,
            best: places[best])
    }

    private var bestSeed: Int? {
        points.indices.min { left, right in
            (curve(seed: left)?.selection.left[points[left]] ?? .infinity)
                < (curve(seed: right)?.selection.left[points[right]] ?? .infinity)
        }
    }

    private func place(seed: Int, _ input: VerdictInput) -> BudgetReading.Place? {
        curve(seed: seed).map { curve in
            let point = points[seed]
            return BudgetReading.Place(
                trajectory: curve.names[point], seed: curve.seed, step: curve.points[point].step,
                learned: curve.report.left[point] * input.learned.sign,
                forgotten: curve.whole.forgotten[point])
        }
    }
}
