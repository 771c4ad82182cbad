/// What a measure is: its name, its unit, which way is better, when it is taken, and what it means.
///
/// A run tells the definitions of all its measures when it starts (`RunIdentity.measures`): tables,
/// panes and summaries follow from them, also for a measure that this version does not know.
package struct MetricDefinition: Codable, Sendable, Hashable {
    /// Which way is better.
    package enum Direction: String, Codable, Sendable {
        case higherIsBetter, lowerIsBetter, neutral
    }

    /// Which values it can take, which decides the axes that suit it.
    package enum Values: String, Codable, Sendable {
        /// Above 0 and without an upper end: ratios tell.
        case positive
        /// From 0 to 1.
        case share
        /// On both sides of 0, or down to 0 by plan: differences tell.
        case signed
    }

    /// When it is taken.
    package enum Moment: String, Codable, Sendable {
        case step, slice, evaluation
    }

    /// What one number of it is about.
    package enum Scope: String, Codable, Sendable {
        /// The model or the arm, or the one text that there is.
        case whole
        /// A task; there is a number for each.
        case task
    }

    /// The name in the CSV's `metric` column.
    package let name: String
    /// What a narrow column calls it.
    package let heading: String
    package let kind: ObservationKind
    package let unit: String
    package let direction: Direction
    package let values: Values
    package let taken: Moment
    package let scope: Scope
    package let summary: String

    /// A definition; without a heading it is the name in words.
    package init(
        name: String, heading: String? = nil, kind: ObservationKind, unit: String,
        direction: Direction, values: Values, taken: Moment = .evaluation, scope: Scope = .whole,
        summary: String
    ) {
        self.name = name
        self.heading = heading ?? name.split(separator: "_").joined(separator: " ")
        self.kind = kind
        self.unit = unit
        self.direction = direction
        self.values = values
        self.taken = taken
        self.scope = scope
        self.summary = summary
    }

    /// The curve of a task; of what belongs to no task without one.
    package func key(task: String = "") -> MeasureKey {
        MeasureKey(kind: kind, task: task, metric: name)
    }
}
