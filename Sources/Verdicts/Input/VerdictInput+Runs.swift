package import RunEvents

extension VerdictInput {
    /// The trajectories of one run, or of several runs of one study, which then are called
    /// `<run>/<trajectory>`.
    ///
    /// - Throws: `AxisError`; `VerdictError.sameTrajectory` if two runs hold the same.
    package init(_ runs: [RunState], axes: VerdictAxes = VerdictAxes()) throws {
        let told = runs.compactMap { run in run.identity.map { (run, $0) } }
        guard let identity = told.first?.1 else {
            throw VerdictError.nothingToCompare(arms: [])
        }
        var learned = try axes.learned(in: identity)
        var forgotten = try axes.forgotten(in: identity)
        learned.takeParts(from: told.map(\.0))
        forgotten.takeParts(from: told.map(\.0))
        let trajectories = told.flatMap { run, identity in
            run.trajectories.compactMap { trajectory in
                Trajectory(
                    trajectory, of: told.count > 1 ? identity.run : nil,
                    isRunOver: run.isOver, learned, forgotten)
            }
        }
        try Self.check(trajectories)
        self.init(
            learned: learned.axis, forgotten: forgotten.axis, trajectories: trajectories)
    }

    /// - Throws: `VerdictError.sameTrajectory`.
    private static func check(_ trajectories: [Trajectory]) throws {
        var seen: [[String]: String] = [:]
        for trajectory in trajectories {
            let key = [
                trajectory.arm, "\(trajectory.learningRate)", "\(trajectory.seed)",
                "\(trajectory.plannedSteps ?? 0)",
            ]
            if let other = seen.updateValue(trajectory.name, forKey: key) {
                throw VerdictError.sameTrajectory(other, trajectory.name)
            }
        }
    }
}

extension VerdictAxes.Measures {
    /// The items, if all runs have the same.
    fileprivate mutating func takeParts(from runs: [RunState]) {
        axis.parts = items.compactMap { key in
            let sets = runs.map { $0.items[key] }
            guard let first = sets.first, let set = first, sets.allSatisfy({ $0 == set }) else {
                return nil
            }
            return Axis.Part(counts: set.counts, hashes: set.hashes)
        }
        if axis.parts.count < items.count { axis.parts = [] }
    }
}

extension Trajectory {
    /// - Returns: nil for a trajectory that its run does not describe, or that was never evaluated.
    fileprivate init?(
        _ state: TrajectoryState, of run: String?, isRunOver: Bool,
        _ learned: VerdictAxes.Measures, _ forgotten: VerdictAxes.Measures
    ) {
        guard let identity = state.identity else { return nil }
        let points = Self.points(state, learned, forgotten)
        guard !points.isEmpty else { return nil }
        self.init(
            name: run.map { "\($0)/\(state.name)" } ?? state.name,
            arm: identity.studyArm ?? state.name, learningRate: identity.learningRate,
            seed: identity.seed, course: identity.course, plannedSteps: identity.plannedSteps,
            isOver: isRunOver || state.state.isFinal,
            divergence: state.state == .diverged ? state.step : nil,
            rateChange: state.peakChange,
            bytes: state.curve(.cost, "arm_bytes", task: "")?.latest?.value, points: points)
    }

    /// The steps at which both numbers were measured.
    private static func points(
        _ state: TrajectoryState, _ learned: VerdictAxes.Measures,
        _ forgotten: VerdictAxes.Measures
    ) -> [Point] {
        let lost = Dictionary(
            (state.curve(of: forgotten.value)?.points ?? []).map { ($0.step, $0.value) }
        ) { _, last in last }
        return (state.curve(of: learned.value)?.points ?? []).compactMap { point in
            lost[point.step].map { lost in
                Point(
                    step: point.step, tokens: Double(point.tokens), seconds: point.seconds,
                    learned: point.value, forgotten: lost,
                    learnedSums: learned.sums(state, step: point.step),
                    forgottenSums: forgotten.sums(state, step: point.step))
            }
        }
    }
}

extension VerdictAxes.Measures {
    /// By part; empty if any of them is not there.
    fileprivate func sums(_ state: TrajectoryState, step: Int) -> [[Double]] {
        guard !axis.parts.isEmpty else { return [] }
        let found = items.compactMap { state.scores[$0]?[step] }
        return found.count == items.count ? found : []
    }
}
