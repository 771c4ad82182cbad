/// Everything that a trainer says about a run, as plain values.
///
/// Live view, storage and replay all consume these; nothing else crosses from training to them.
package enum RunEvent: Sendable, Equatable {
    /// What is compared. Told again, with all that it had before, when a run gets more trajectories.
    case started(RunIdentity)
    case observed(Observation)
    /// The items that a number will be made of, told once before its first scores. Kept beside the log.
    case items(ItemSet)
    /// What the items added to a number, told with it. Kept beside the log.
    case scored(ItemScores)
    /// An arm changed state at a step.
    case armChanged(arm: String, state: ArmState, step: Int)
    /// What the trainer is doing right now; for display only, not stored.
    case progress(Progress)
    /// A command was asked, applied or refused; `step` is the arm's step at that moment.
    case command(CommandRequest, state: CommandState, step: Int)
    /// A checkpoint of the arm is complete on disk. `path` is relative to the run folder.
    case checkpointSaved(arm: String, step: Int, path: String, bytes: Int)
    /// Something worth telling: an alert or a remark. `arm` is nil if it concerns the run.
    case notice(Notice)
    /// The run continues after an interruption; makes no row in the table.
    case resumed(arms: [String: Int])
    case finished(RunOutcome)
}

/// The life of an arm.
package enum ArmState: String, Codable, Sendable {
    case waiting, training, evaluating, paused, stopped, finished, diverged

    /// True when the arm trains no further.
    package var isFinal: Bool { self == .stopped || self == .finished || self == .diverged }

    /// True for what only one arm of a run does at a time.
    package var hasTurn: Bool { self == .training || self == .evaluating }
}

/// A line of the event log.
package struct Notice: Codable, Sendable, Equatable {
    package enum Level: String, Codable, Sendable { case info, warning, alert }

    package var level: Level
    package var arm: String?
    package var step: Int
    package var text: String

    package init(level: Level, arm: String?, step: Int, text: String) {
        self.level = level
        self.arm = arm
        self.step = step
        self.text = text
    }
}

/// Where the trainer is, for progress displays.
package struct Progress: Codable, Sendable, Equatable {
    /// What an arm, or the whole run, is doing.
    package enum Phase: Codable, Sendable, Equatable {
        case preparing(String)
        case training
        case evaluating(task: String, done: Int, total: Int)
    }

    package var arm: String?
    package var phase: Phase
    /// The arm's steps so far.
    package var step: Int
    /// Tokens per second over the last steps; 0 if unknown.
    package var tokensPerSecond: Double
    /// How long an evaluation still takes, in a run's first one its present task; nil if unknown.
    package var secondsLeft: Double?

    package init(
        arm: String?, phase: Phase, step: Int, tokensPerSecond: Double, secondsLeft: Double? = nil
    ) {
        self.arm = arm
        self.phase = phase
        self.step = step
        self.tokensPerSecond = tokensPerSecond
        self.secondsLeft = secondsLeft
    }
}

/// How a run ended.
package enum RunOutcome: Sendable, Equatable {
    case completed
    /// Stopped by a command or a signal; can be resumed.
    case interrupted
    /// An arm diverged and the policy was to stop, or every arm did; `arm` names it, or all of them.
    case diverged(arm: String)
    /// Broken off by an error; can be resumed.
    case failed(description: String)
}

/// An event with the moment it happened.
package struct StampedEvent: Codable, Sendable, Equatable {
    /// Seconds since the start of the run, pauses and interruptions excluded.
    package var seconds: Double
    package var event: RunEvent

    package init(seconds: Double, event: RunEvent) {
        self.seconds = seconds
        self.event = event
    }
}

/// Anything that wants to hear of a run; called on the training thread, in order.
package protocol RunEventSink: AnyObject {
    /// - Throws: if the event could not be taken; the run then ends as failed.
    func receive(_ event: StampedEvent) throws
}
