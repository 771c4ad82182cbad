/// Names a curve of an arm: which number it is, and of which task.
package struct MeasureKey: Codable, Sendable, Hashable {
    package var kind: ObservationKind
    /// The task, or empty where the number belongs to no single task.
    package var task: String
    /// The name of one of the run's measures.
    package var metric: String

    package init(kind: ObservationKind, task: String, metric: String) {
        self.kind = kind
        self.task = task
        self.metric = metric
    }
}

extension Observation {
    /// The curve that the number belongs to.
    package var key: MeasureKey { MeasureKey(kind: kind, task: task, metric: metric) }
}
