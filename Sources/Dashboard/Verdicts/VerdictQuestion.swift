package import Verdicts

/// What the screen asks of a verdict, beside the runs.
package struct VerdictQuestion: Sendable, Equatable {
    /// What is learned, and what forgotten.
    package var axes: VerdictAxes
    /// The value of learning at which arms are compared; nil compares them over all that both learn.
    package var level: Double?
    /// The most that may be forgotten, in the unit of its axis; nil asks no such question.
    package var budget: Double?

    package init(axes: VerdictAxes = VerdictAxes(), level: Double? = nil, budget: Double? = nil) {
        self.axes = axes
        self.level = level
        self.budget = budget
    }

    /// The settings of a verdict that answers it.
    var settings: VerdictSettings { VerdictSettings(budget: budget, level: level) }
}
