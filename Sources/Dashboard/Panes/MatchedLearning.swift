/// Compares arms at equal learning: when each reached a level of the target loss, and what it had
/// forgotten by then.
struct MatchedLearning {
    /// An arm at the level; nil if it has not reached it.
    struct Crossing: Equatable {
        var step: Double
        var forgetting: Double?
    }

    /// The level that the arms are compared at.
    let level: Double
    let learning: MetricChoice
    let isLowerBetter: Bool

    /// The first crossing of the level, interpolated linearly between evaluations.
    func crossing(of arm: ArmRecord, forgetting choice: MetricChoice) -> Crossing? {
        let points = (arm.series(of: learning)?.points ?? []).filter { $0.value.isFinite }
        guard let index = points.firstIndex(where: { isReached($0.value) }) else { return nil }
        var step = Double(points[index].step)
        if index > 0 {
            let (before, after) = (points[index - 1], points[index])
            let share = (level - before.value) / (after.value - before.value)
            step = Double(before.step) + share * Double(after.step - before.step)
        }
        return Crossing(step: step, forgetting: Self.value(of: arm.series(of: choice), at: step))
    }

    private func isReached(_ value: Double) -> Bool {
        isLowerBetter ? value <= level : value >= level
    }

    /// The best level that all of `arms` have reached.
    static func commonLevel(
        of arms: [ArmRecord], learning: MetricChoice, isLowerBetter: Bool
    ) -> Double? {
        let bests = arms.compactMap { arm -> Double? in
            let values = (arm.series(of: learning)?.points ?? []).map(\.value).filter(\.isFinite)
            return isLowerBetter ? values.min() : values.max()
        }
        return isLowerBetter ? bests.max() : bests.min()
    }

    /// The value of a series at a step, interpolated linearly; nil outside what was measured.
    private static func value(of series: Series?, at step: Double) -> Double? {
        let points = (series?.points ?? []).filter { $0.value.isFinite }
        guard let after = points.firstIndex(where: { Double($0.step) >= step }) else { return nil }
        let right = points[after]
        guard after > 0, Double(right.step) > step else {
            return Double(right.step) == step ? right.value : nil
        }
        let left = points[after - 1]
        let share = (step - Double(left.step)) / Double(right.step - left.step)
        return left.value + share * (right.value - left.value)
    }
}
