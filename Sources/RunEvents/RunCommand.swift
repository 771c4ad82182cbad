/// What a person can ask of a running arm; applied by the trainer at the next step boundary.
package enum RunCommand: Sendable, Hashable {
    case pause
    case resume
    /// Finish the arm: evaluate, write a checkpoint, train no further.
    case stop
    /// Write a checkpoint now.
    case checkpoint
    /// Evaluate now, out of turn.
    case evaluate
    /// Multiply the schedule so that its peak becomes this learning rate.
    case setLearningRate(Double)
    /// End the whole run after writing checkpoints; `arm` is ignored.
    case quit

    /// The word that appears in logs and in the CSV's note.
    package var name: String {
        switch self {
        case .pause: "pause"
        case .resume: "resume"
        case .stop: "stop"
        case .checkpoint: "checkpoint"
        case .evaluate: "evaluate"
        case .setLearningRate(let rate): "learning_rate=\(rate)"
        case .quit: "quit"
        }
    }
}

/// One command on its way: who it is for, and when it was asked.
package struct CommandRequest: Codable, Sendable, Equatable {
    /// Counts up from 1 within a run.
    package var id: Int
    package var command: RunCommand
    /// The trajectory's name, or that of an arm of the study for all of its trajectories that are not
    /// finished; nil means every one that is not.
    package var arm: String?
    /// Who asked: `keyboard`, `signal`, `policy`.
    package var origin: String

    package init(id: Int, command: RunCommand, arm: String?, origin: String) {
        self.id = id
        self.command = command
        self.arm = arm
        self.origin = origin
    }
}

/// How far a command has come.
package enum CommandState: Sendable, Equatable {
    case asked
    case applied
    /// Not done, and why.
    case refused(reason: String)
}
