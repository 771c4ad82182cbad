package import Foundation
package import RunEvents

/// Where checkpoints go; implemented by whoever keeps runs on disk.
package protocol CheckpointStore {
    /// Makes a checkpoint appear atomically.
    ///
    /// - Parameters:
    ///   - arm: The arm's name.
    ///   - step: The arm's step.
    ///   - body: Writes the files into the folder that it is given.
    /// - Returns: The checkpoint's path within the run, and its size.
    /// - Throws: What `body` throws, or an error of the store.
    func save(
        arm: String, step: Int, _ body: (URL) throws -> Void
    ) throws -> (path: String, bytes: Int)

    /// The steps of the arm's checkpoints, ascending.
    ///
    /// - Throws: An error of the store.
    func steps(arm: String) throws -> [Int]

    /// Removes a checkpoint.
    ///
    /// - Throws: An error of the store.
    func remove(arm: String, step: Int) throws

    /// The folder of a stored checkpoint.
    ///
    /// - Throws: An error of the store.
    func folder(arm: String, step: Int) throws -> URL
}

/// From where an interrupted study goes on.
package struct Continuation: Sendable {
    /// Where one arm stood.
    package struct Arm: Sendable, Equatable {
        /// The step of the checkpoint to continue from; nil to start at the beginning.
        package var checkpoint: Int?
        package var state: ArmState
        /// The step of the newest evaluation; -1 before the first.
        package var evaluatedStep: Int
        /// What the arm's clock showed: seconds of training and evaluation.
        package var seconds: Double
        /// The peak of the learning rate that a command had set before the checkpoint; nil for the
        /// study's.
        package var learningRate: Double?
        /// What was measured last of what it has forgotten; nil before the first measurement.
        package var forgetting: Double?

        package init(
            checkpoint: Int?, state: ArmState, evaluatedStep: Int, seconds: Double,
            learningRate: Double? = nil, forgetting: Double? = nil
        ) {
            self.checkpoint = checkpoint
            self.state = state
            self.evaluatedStep = evaluatedStep
            self.seconds = seconds
            self.learningRate = learningRate
            self.forgetting = forgetting
        }
    }

    /// The trajectories that the run had; it may have got more since.
    package var arms: [String: Arm]
    /// What the run's clock showed.
    package var seconds: Double
    /// What has to come again of commands, in order.
    package var commands: [LostCommand]
    /// The largest number that a command of the run has had.
    package var lastCommandID: Int
    /// Whether the log already has the run's identity and the base model's scores.
    package var hasStarted: Bool
    /// What is worth telling of the attempt that goes on.
    package var remarks: [String] = []
    /// Where the log leaves the arms.
    package var position: RunPosition
    /// What evaluations had said, with what single items added; only a budget asks for it.
    package var evaluated: RunState?

    package init(
        arms: [String: Arm], seconds: Double, commands: [LostCommand], lastCommandID: Int,
        hasStarted: Bool, position: RunPosition
    ) {
        self.arms = arms
        self.seconds = seconds
        self.commands = commands
        self.lastCommandID = lastCommandID
        self.hasStarted = hasStarted
        self.position = position
    }
}
