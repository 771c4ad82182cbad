package import RunEvents

/// One arm at one learning rate with one seed: what it had learned and forgotten at each evaluation.
package struct Trajectory: Sendable, Equatable {
    /// What was measured at one step.
    package struct Point: Sendable, Equatable {
        package var step: Int
        package var tokens: Double
        /// Training and evaluation of this trajectory.
        package var seconds: Double
        /// The value of the axis of learning.
        package var learned: Double
        /// The value of the axis of forgetting: a loss or an accuracy, not its difference to step 0.
        package var forgotten: Double
        /// What each item added, in the order of the axis's parts; empty if it was not kept.
        package var learnedSums: [[Double]]
        package var forgottenSums: [[Double]]

        package init(
            step: Int, tokens: Double = 0, seconds: Double = 0, learned: Double, forgotten: Double,
            learnedSums: [[Double]] = [], forgottenSums: [[Double]] = []
        ) {
            self.step = step
            self.tokens = tokens
            self.seconds = seconds
            self.learned = learned
            self.forgotten = forgotten
            self.learnedSums = learnedSums
            self.forgottenSums = forgottenSums
        }
    }

    /// Its own name within all runs that are judged together.
    package var name: String
    /// The arm's name in the study.
    package var arm: String
    package var learningRate: Double
    package var seed: UInt64
    /// What its rate does after the warm-up; nil if its run does not tell.
    package var course: RateCourse?
    /// The step at which it was planned to end; nil if its last point is its end.
    package var plannedSteps: Int?
    /// Whether it goes no further.
    package var isOver: Bool
    /// The step at which it was given up because a number was not finite.
    package var divergence: Int?
    /// The step after which a command set another learning rate: what came then is not of this one.
    package var rateChange: Int?
    /// Memory that it needs; nil if that was not measured.
    package var bytes: Double?
    /// Ascending by step; the first is step 0, the base model itself.
    package var points: [Point]

    package init(
        name: String, arm: String, learningRate: Double, seed: UInt64, course: RateCourse?,
        plannedSteps: Int? = nil, isOver: Bool = true, divergence: Int? = nil,
        rateChange: Int? = nil, bytes: Double? = nil, points: [Point]
    ) {
        self.name = name
        self.arm = arm
        self.learningRate = learningRate
        self.seed = seed
        self.course = course
        self.plannedSteps = plannedSteps
        self.isOver = isOver
        self.divergence = divergence
        self.rateChange = rateChange
        self.bytes = bytes
        self.points = points
    }
}
