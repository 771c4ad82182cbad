/// The families of rows in a run's table.
package enum ObservationKind: String, Codable, Sendable, CaseIterable {
    /// What the optimiser sees: loss of the batch, learning rate, gradient norm.
    case train
    /// Learning: scores on the target domain's evaluation records.
    case target
    /// Forgetting: scores on the source tasks and the held-out source text.
    case source
    /// Speed, memory, parameters, floating-point operations.
    case cost
    /// Measures of the weights themselves.
    case weights
    /// What the run comes to: a gap between two arms, what an arm learns within a budget. Made of all
    /// other numbers when the run is over, never measured.
    case verdict
    /// Something that happened: a command, an alert, a checkpoint. Never measured.
    case event

    /// False for rows that no measurement makes.
    package var isMeasured: Bool { self != .verdict && self != .event }
}

/// One measured number of one arm at one step: a row of the run's table.
package struct Observation: Codable, Sendable, Equatable {
    package var arm: String
    /// Optimiser steps completed when the number was measured; 0 is the base model itself.
    package var step: Int
    /// Tokens trained on so far by this arm.
    package var tokens: Int
    /// Seconds of training and evaluation spent on this arm so far (not wall time of the run).
    package var seconds: Double
    package var kind: ObservationKind
    /// The task (`code`, `facts`, `text`), or empty where the number belongs to no single task.
    package var task: String
    /// The name of one of the run's measures.
    package var metric: String
    package var value: Double
    /// Units or a remark; usually empty.
    package var note: String
    /// The value's standard error over the items; nil where there is none.
    package var error: Double?
    /// The items that the value is made of; nil where it is not made of items.
    package var count: Int?

    package init(
        arm: String, step: Int, tokens: Int, seconds: Double, kind: ObservationKind,
        task: String = "", metric: String, value: Double, note: String = "",
        error: Double? = nil, count: Int? = nil
    ) {
        self.arm = arm
        self.step = step
        self.tokens = tokens
        self.seconds = seconds
        self.kind = kind
        self.task = task
        self.metric = metric
        self.value = value
        self.note = note
        self.error = error
        self.count = count
    }
}
