package import RunEvents

extension RunSummary {
    /// The summary of a run as of its newest event.
    ///
    /// - Parameters:
    ///   - run: What it has said.
    ///   - verdict: Of the same events.
    package init(of run: RunState, verdict: RunVerdict? = nil) {
        let arms = run.trajectories.filter { $0.identity != nil }
        self.init(
            schemaVersion: RunJSON.schemaVersion, run: run.identity?.run ?? "",
            study: run.identity?.study ?? "", base: run.identity?.base ?? "",
            domain: run.identity?.domain ?? "", outcome: run.outcome, seconds: run.seconds,
            arms: arms.compactMap { Arm(of: $0, in: run.identity) }, verdict: verdict)
    }
}

extension RunSummary.Arm {
    /// nil for what the run has not told of.
    fileprivate init?(of trajectory: TrajectoryState, in run: RunIdentity?) {
        guard let identity = trajectory.identity else { return nil }
        self.init(
            name: identity.name, method: identity.method, rank: identity.rank, seed: identity.seed,
            state: trajectory.state, step: trajectory.step, plannedSteps: identity.plannedSteps,
            tokens: trajectory.tokens, seconds: trajectory.seconds,
            learningRate: identity.learningRate,
            trainableParameters: identity.trainableParameters,
            totalParameters: identity.totalParameters,
            metrics: trajectory.curves.filter { $0.key.kind == .target || $0.key.kind == .source }
                .compactMap {
                    RunSummary.Metric(of: $0.curve.points, $0.key, run.definition(of: $0.key))
                })
    }
}

extension RunSummary.Metric {
    fileprivate init?(
        of points: [CurvePoint], _ key: MeasureKey, _ definition: MetricDefinition?
    ) {
        guard let last = points.last else { return nil }
        let best = Self.best(of: points.finite, definition?.direction)
        self.init(
            kind: key.kind, task: key.task, metric: key.metric, last: last.value,
            lastStep: last.step, best: best?.value, bestStep: best?.step)
    }

    private static func best(
        of points: [CurvePoint], _ direction: MetricDefinition.Direction?
    ) -> CurvePoint? {
        switch direction {
        case .higherIsBetter: points.max { $0.value < $1.value }
        case .lowerIsBetter: points.min { $0.value < $1.value }
        case .neutral, nil: nil
        }
    }
}
