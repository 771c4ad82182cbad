import RunEvents

/// A metric that a chart can show.
struct MetricChoice: Hashable, Sendable {
    let definition: MetricDefinition
    /// The task it belongs to; nil takes whichever task has it.
    let task: String?

    init(_ definition: MetricDefinition, task: String? = nil) {
        self.definition = definition
        self.task = task
    }

    static let forgetting = MetricChoice(.forgetting)
    static let trainLoss = MetricChoice(.trainingLoss)

    var kind: ObservationKind { definition.kind }
    var metric: String { definition.name }

    /// The same of the items that are measured at ends.
    var atEnds: MetricChoice { MetricChoice(definition, task: FinalSeries.named(task ?? "")) }

    /// Which values it can take.
    var values: MetricDefinition.Values { definition.values }

    /// True for numbers of every step, which are noisy; false for evaluations.
    var isDense: Bool { definition.taken == .step }

    /// The metric in words: `bits per byte`.
    var name: String { metric.split(separator: "_").joined(separator: " ") }

    /// What a chart's title calls it: `code loss`.
    var title: String {
        if kind == .train { return "training \(name)" }
        guard let task, !task.isEmpty else {
            return isOfSeveralKinds ? "\(kind.rawValue) \(name)" : name
        }
        return "\(task) \(name)"
    }

    /// What a table's column calls it: `code loss`, `facts acc`, `retained acc`.
    var heading: String {
        if kind == .train { return "train \(name)" }
        if let task, !task.isEmpty { return "\(task) \(definition.heading)" }
        return isOfSeveralKinds ? "\(kind.rawValue) \(definition.heading)" : definition.heading
    }

    /// Whether the name alone does not say which number it is: there is a loss of each kind.
    private var isOfSeveralKinds: Bool {
        MetricDefinition.all.contains { $0.name == metric && $0.kind != kind }
    }

    /// Which way is better, in words.
    var better: String {
        switch definition.direction {
        case .higherIsBetter: "higher is better"
        case .lowerIsBetter: "lower is better"
        case .neutral: ""
        }
    }

    /// The metrics of learning, in the order in which `m` goes through them: of the domain, of which
    /// losses are, and of the tasks.
    static func learning(of identity: RunIdentity?) -> [MetricChoice] {
        let tasks = identity.map { own in
            [own.domain] + own.targetTasks.filter { $0 != own.domain }
        }
        return choices(.target, tasks: tasks ?? [], identity) + [trainLoss]
    }

    /// The metrics of forgetting, in the order in which `m` goes through them.
    static func forgetting(of identity: RunIdentity?) -> [MetricChoice] {
        let tasks = (identity?.sourceTasks ?? []).filter { $0 != MetricDefinition.textTask }
        return choices(.source, tasks: tasks, identity)
    }

    /// The run's measures of a kind, those of tasks with each of them.
    private static func choices(
        _ kind: ObservationKind, tasks: [String], _ identity: RunIdentity?
    ) -> [MetricChoice] {
        identity.definitions.filter { $0.kind == kind }.flatMap { definition in
            guard definition.scope == .task, !tasks.isEmpty else {
                return [MetricChoice(definition)]
            }
            return tasks.map { MetricChoice(definition, task: $0) }
        }
    }
}
