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

    /// Removes checkpoints of the arm that are no longer needed.
    ///
    /// - Throws: An error of the store.
    func removeOlder(arm: String) throws

    /// The folder of a stored checkpoint.
    ///
    /// - Throws: An error of the store.
    func folder(arm: String, step: Int) throws -> URL
}

/// From where an interrupted study goes on.
package struct Continuation: Sendable {
    /// A command that must take effect again when its arm reaches the step.
    package struct Command: Sendable {
        package var request: CommandRequest
        package var step: Int
        /// Whether the log already tells it.
        package var isRecorded: Bool

        package init(request: CommandRequest, step: Int, isRecorded: Bool) {
            self.request = request
            self.step = step
            self.isRecorded = isRecorded
        }
    }

    /// The step of the checkpoint that each arm continues from, and its state then.
    package var arms: [String: (step: Int, state: ArmState)]
    /// What the run's clock showed.
    package var seconds: Double
    package var commands: [Command]
    /// Whether the log already has the run's identity and the base model's scores.
    package var hasStarted: Bool

    package init(
        arms: [String: (step: Int, state: ArmState)], seconds: Double, commands: [Command],
        hasStarted: Bool
    ) {
        self.arms = arms
        self.seconds = seconds
        self.commands = commands
        self.hasStarted = hasStarted
    }
}
