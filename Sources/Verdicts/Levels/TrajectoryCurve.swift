/// The points of one arm at one rate with one seed that are results, as far as it did not diverge.
struct TrajectoryCurve: Sendable {
    /// One half of the items: what is left to learn, and what was forgotten since the base.
    ///
    /// Lower is better for both.
    struct Half: Sendable, Equatable {
        var left: [Double]
        var forgotten: [Double]
    }

    let arm: String
    let learningRate: Double
    let seed: UInt64
    let points: [Trajectory.Point]
    /// The trajectory of each point: one for all, but where the points are ends.
    let names: [String]
    let bytes: Double?
    let isOver: Bool
    /// The first step at which a number was not finite.
    let divergence: Int?
    /// The step after which a command set another rate; points beyond it do not count.
    let rateChange: Int?
    /// Over all items.
    let whole: Half
    /// The same as `whole` where items were not kept.
    let selection: Half
    let report: Half

    /// - Parameters:
    ///   - trajectories: Of one arm, rate and seed; several only if their ends alone are results.
    ///   - isEnds: Whether the ends alone are results.
    ///   - input: Its axes.
    ///   - hasItems: Whether all points have their items.
    init(of trajectories: [Trajectory], isEnds: Bool, in input: VerdictInput, hasItems: Bool) {
        let first = trajectories[0]
        (arm, learningRate, seed) = (first.arm, first.learningRate, first.seed)
        let named = isEnds ? Self.ends(trajectories) : Self.way(first)
        let finite = named.prefix { $0.1.learned.isFinite && $0.1.forgotten.isFinite }
        points = finite.map(\.1)
        names = finite.map(\.0)
        divergence =
            named.dropFirst(finite.count).first?.1.step
            ?? trajectories.compactMap(\.divergence).min()
        rateChange = trajectories.compactMap(\.rateChange).min()
        bytes = trajectories.compactMap(\.bytes).max()
        isOver = trajectories.allSatisfy(\.isOver)
        whole = Half(
            input, left: points.map(\.learned), forgotten: points.map(\.forgotten))
        selection = hasItems ? Half(input, points, isSelection: true) : whole
        report = hasItems ? Half(input, points, isSelection: false) : whole
    }

    /// Every point, as long as the rate is the one that it is judged by.
    private static func way(_ run: Trajectory) -> [(String, Trajectory.Point)] {
        run.points.filter { $0.step <= run.rateChange ?? .max }.map { (run.name, $0) }
    }

    /// The base, then the end of each run that came to it as planned, in order of length.
    private static func ends(_ trajectories: [Trajectory]) -> [(String, Trajectory.Point)] {
        let done = trajectories.filter { run in
            guard run.isOver, run.rateChange == nil, run.points.count > 1 else { return false }
            return run.plannedSteps.map { $0 == run.points.last?.step } ?? true
        }
        let ends = done.compactMap { run in run.points.last.map { (run.name, $0) } }
        let base = trajectories.lazy.compactMap { run in run.points.first.map { (run.name, $0) } }
        return base.prefix(1) + ends.sorted { $0.1.step < $1.1.step }
    }
}

extension TrajectoryCurve.Half {
    fileprivate init(_ input: VerdictInput, left: [Double], forgotten: [Double]) {
        let base = forgotten.first ?? 0
        self.left = left.map { $0 * input.learned.sign }
        self.forgotten = forgotten.map { ($0 - base) * input.forgotten.sign }
    }

    fileprivate init(
        _ input: VerdictInput, _ points: [Trajectory.Point], isSelection: Bool
    ) {
        self.init(
            input,
            left: points.map {
                input.learned.value(of: $0.learnedSums, isSelection: isSelection)
            },
            forgotten: points.map {
                input.forgotten.value(of: $0.forgottenSums, isSelection: isSelection)
            })
    }

    /// The lowest that was left; nil without points.
    var lowest: Double? { left.min() }
}
