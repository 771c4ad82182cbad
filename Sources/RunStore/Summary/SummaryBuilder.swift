package import RunEvents

/// Collects from a run's events what its summary and its plots need.
package struct SummaryBuilder: Sendable {
    /// Names a curve of an arm.
    package struct SeriesKey: Hashable, Sendable {
        package var kind: ObservationKind
        package var task: String
        package var metric: String
    }

    /// What is known of one arm.
    package struct ArmRecord: Sendable {
        package var identity: ArmIdentity
        package var state = ArmState.waiting
        package var step = 0
        package var tokens = 0
        package var seconds = 0.0
        package var curves: [SeriesKey: Curve] = [:]
        /// In order of first appearance.
        package var order: [SeriesKey] = []
    }

    package private(set) var identity: RunIdentity?
    package private(set) var arms: [ArmRecord] = []
    private var outcome: RunOutcome?
    private var seconds = 0.0

    package init(after events: some Sequence<StampedEvent> = []) {
        for event in events { add(event) }
    }

    /// Takes the next event of the run into account.
    package mutating func add(_ stamped: StampedEvent) {
        seconds = max(seconds, stamped.seconds)
        outcome = nil
        switch stamped.event {
        case .started(let identity):
            self.identity = identity
            arms = identity.arms.map { arm in
                arms.first { $0.identity == arm } ?? ArmRecord(identity: arm)
            }
        case .observed(let seen): add(seen)
        case .armChanged(let name, let state, let step):
            change(name) { arm in
                arm.state = state
                arm.step = max(arm.step, step)
            }
        case .finished(let outcome): self.outcome = outcome
        default: break
        }
    }

    private mutating func add(_ seen: Observation) {
        change(seen.arm) { arm in
            arm.step = max(arm.step, seen.step)
            arm.tokens = max(arm.tokens, seen.tokens)
            arm.seconds = max(arm.seconds, seen.seconds)
            guard seen.kind == .target || seen.kind == .source else { return }
            let key = SeriesKey(kind: seen.kind, task: seen.task, metric: seen.metric)
            if arm.curves[key] == nil { arm.order.append(key) }
            arm.curves[key, default: Curve()].add(
                .init(step: seen.step, tokens: seen.tokens, value: seen.value))
        }
    }

    private mutating func change(_ name: String, _ body: (inout ArmRecord) -> Void) {
        guard let index = arms.firstIndex(where: { $0.identity.name == name }) else { return }
        body(&arms[index])
    }

    /// The summary as of the last event.
    package var summary: RunSummary {
        RunSummary(
            schemaVersion: RunJSON.schemaVersion, run: identity?.run ?? "",
            study: identity?.study ?? "", base: identity?.base ?? "",
            domain: identity?.domain ?? "", outcome: outcome, seconds: seconds,
            arms: arms.map(\.summary),
            matchedLearning: (identity?.targetTasks ?? []).map(matchedLearning))
    }

    private func matchedLearning(task: String) -> MatchedLearning {
        MatchedLearning(
            task: task,
            arms: arms.map { arm in
                .init(
                    name: arm.identity.name,
                    targetLoss: (arm.curve(.target, "loss", task: task)?.points ?? []).finite,
                    forgetting: arm.curve(.source, "forgetting")?.points.finite,
                    retainedAccuracy: arm.curve(.source, "retained_accuracy")?.points.finite)
            })
    }
}

extension SummaryBuilder.ArmRecord {
    /// The curve of a metric; without a task the first that was measured.
    package func curve(_ kind: ObservationKind, _ metric: String, task: String? = nil) -> Curve? {
        order.first { key in
            key.kind == kind && key.metric == metric && (task ?? key.task) == key.task
        }.flatMap { curves[$0] }
    }

    fileprivate var summary: RunSummary.Arm {
        RunSummary.Arm(
            name: identity.name, method: identity.method, rank: identity.rank, seed: identity.seed,
            state: state, step: step, plannedSteps: identity.plannedSteps, tokens: tokens,
            seconds: seconds, learningRate: identity.learningRate,
            trainableParameters: identity.trainableParameters,
            totalParameters: identity.totalParameters, metrics: order.compactMap(metric))
    }

    private func metric(_ key: SummaryBuilder.SeriesKey) -> RunSummary.Metric? {
        guard let curve = curves[key], let last = curve.points.last else { return nil }
        let best = Self.best(of: curve, key)
        return RunSummary.Metric(
            kind: key.kind, task: key.task, metric: key.metric, last: last.value,
            lastStep: last.step, best: best?.value, bestStep: best?.step)
    }

    private static func best(of curve: Curve, _ key: SummaryBuilder.SeriesKey) -> Curve.Point? {
        let points = curve.points.finite
        return switch MetricDefinition.of(kind: key.kind, metric: key.metric)?.direction {
        case .higherIsBetter: points.max { $0.value < $1.value }
        case .lowerIsBetter: points.min { $0.value < $1.value }
        case .neutral, nil: nil
        }
    }
}
