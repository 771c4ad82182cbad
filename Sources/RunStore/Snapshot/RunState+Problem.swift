import RunEvents

extension RunState {
    /// What is impossible about a stored state; nil if the events of a run can have led to it.
    ///
    /// As in `StampedEvent.problem`: measured values may be any number; counts and clocks may not.
    var problem: String? {
        let own = [
            identity.flatMap { StampedEvent(seconds: 0, event: .started($0)).problem },
            StoredRange.clock(seconds), namesProblem, position.problem, commands.problem,
        ]
        return own.lazy.compactMap { $0 }.first
            ?? trajectories.lazy.compactMap(\.problem).first
            ?? tidings.lazy.compactMap(\.problem).first
    }

    private var namesProblem: String? {
        let names = Set(trajectories.map(\.name))
        if names.count < trajectories.count { return "two arms of the same name" }
        guard let identity else { return nil }
        return names == Set(identity.arms.map(\.name)) ? nil : "other arms than the run has"
    }
}

extension TrajectoryState {
    fileprivate var problem: String? {
        let steps = [step, safeStep, start.step, evaluatedStep, command?.step, peakChange]
        let isTwice = Set(curves.map(\.key)).count < curves.count
        let own = [
            steps.lazy.compactMap { $0 }.compactMap { StoredRange.step($0) }.first,
            StoredRange.count("tokens", tokens), StoredRange.clock(seconds),
            StoredRange.clock(start.seconds), StoredRange.rate(changedPeak),
            isTwice ? "two curves of one number" : nil,
        ]
        return own.lazy.compactMap { $0 }.first
            ?? checkpoints.lazy.compactMap(\.problem).first
            ?? curves.lazy.compactMap(\.curve.problem).first
    }
}

extension TrajectoryState.Checkpoint {
    fileprivate var problem: String? {
        StoredRange.step(step) ?? StoredRange.count("bytes", bytes) ?? StoredRange.rate(changedPeak)
    }
}

extension Curve {
    fileprivate var problem: String? {
        points.lazy.compactMap { point in
            StoredRange.step(point.step) ?? StoredRange.count("tokens", point.tokens)
                ?? StoredRange.clock(point.seconds)
                ?? StoredRange.count("count", point.count ?? 0)
        }.first
    }
}

extension RunPosition {
    fileprivate var problem: String? {
        steps.lazy.compactMap { StoredRange.step($0.value) }.first
            ?? StoredRange.count("steps", moment.steps)
            ?? StoredRange.count("events", moment.events)
    }
}

extension CommandLedger {
    fileprivate var problem: String? {
        (open + effects).lazy.compactMap { $0.request.problem(.applied) }.first
            ?? StoredRange.count("commands", lastID)
    }
}
