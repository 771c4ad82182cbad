import RunEvents

/// A metric that a chart can show.
struct MetricChoice: Hashable, Sendable {
    var kind: ObservationKind
    var metric: String
    /// The task it belongs to; nil takes whichever task has it.
    var task: String?

    static let forgetting = MetricChoice(kind: .source, metric: "forgetting", task: nil)
    static let trainLoss = MetricChoice(kind: .train, metric: "loss", task: nil)

    var definition: MetricDefinition? { MetricDefinition.of(kind: kind, metric: metric) }

    /// Which values it can take; of a metric that is not known, any.
    var values: MetricDefinition.Values { definition?.values ?? .signed }

    /// True for numbers of every step, which are noisy; false for evaluations.
    var isDense: Bool { kind == .train }

    /// The metric in words: `bits per byte`.
    var name: String { metric.split(separator: "_").joined(separator: " ") }

    /// What a chart's title calls it: `code loss`.
    var title: String {
        if kind == .train { return "training \(name)" }
        guard let task, !task.isEmpty else {
            return name == "loss" ? "\(kind.rawValue) loss" : name
        }
        return "\(task) \(name)"
    }

    /// What a table's column calls it: `code loss`, `facts acc`, `retained acc`.
    var heading: String {
        if kind == .train { return "train \(name)" }
        let short = Self.shortNames[metric] ?? name
        if let task, !task.isEmpty { return "\(task) \(short)" }
        return metric == "loss" ? "\(kind.rawValue) loss" : short
    }

    private static let shortNames = [
        "bits_per_byte": "bpb", "exact_match": "exact", "character_accuracy": "characters",
        "retained_accuracy": "retained acc", "forgetting": "forget",
    ]

    /// Which way is better, in words.
    var better: String {
        switch definition?.direction {
        case .higherIsBetter: "higher is better"
        case .lowerIsBetter: "lower is better"
        default: ""
        }
    }

    /// The metrics of learning, in the order in which `m` goes through them.
    static func learning(of identity: RunIdentity?) -> [MetricChoice] {
        let named = identity?.targetTasks ?? []
        let tasks: [String?] = named.isEmpty ? [nil] : named
        let scores = ["loss", "bits_per_byte", "character_accuracy", "exact_match"].flatMap {
            metric in
            tasks.map { MetricChoice(kind: .target, metric: metric, task: $0) }
        }
        return scores + [trainLoss]
    }

    /// The metrics of forgetting, in the order in which `m` goes through them.
    static func forgetting(of identity: RunIdentity?) -> [MetricChoice] {
        let whole = ["forgetting", "retained_accuracy", "loss"].map {
            MetricChoice(kind: .source, metric: $0, task: nil)
        }
        let tasks = (identity?.sourceTasks ?? []).filter { $0 != "text" }
        return whole + tasks.map { MetricChoice(kind: .source, metric: "acc", task: $0) }
    }
}
