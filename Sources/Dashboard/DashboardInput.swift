package import RunEvents

/// Everything that can happen to the screen.
package enum DashboardInput: Sendable, Equatable {
    /// All that a run has said so far; `run` counts the runs on the screen from 0.
    case state(RunState, run: Int = 0)
    /// What a run says next.
    case event(StampedEvent, run: Int = 0)
    /// A run's log was cut back: what came of all runs does not count, it comes anew.
    case restart
    /// Whether some process still writes a run; until this is said, one does.
    case written(Bool, run: Int = 0)
    /// Keys that came with one read of the terminal.
    case keys([Key])
    /// Text that was pasted; only a text field takes any of it.
    case paste(String)
    case resize(rows: Int, columns: Int)
    /// The time of the caller's steady clock, in seconds; several times a second.
    case tick(seconds: Double)
    /// What became of the request of `DashboardEffect.judge`.
    case verdict(VerdictReading)
    /// A line for the user, such as where an export went.
    case message(String)

    /// A key that came alone.
    package static func key(_ key: Key) -> DashboardInput { .keys([key]) }
}

/// How to leave a run.
package enum QuitChoice: Sendable, Equatable {
    /// There is nothing to stop: the run has ended or belongs to somebody else.
    case leave
    /// Finish the step, write checkpoints, end; the screen stays until the run has finished.
    case stopAfterCheckpoint
    /// End at once without checkpoints.
    case kill
}

/// What the caller has to do; the dashboard itself does nothing but draw.
package enum DashboardEffect: Sendable, Equatable {
    case command(RunCommand, arm: String?)
    case quit(QuitChoice)
    case suspend
    /// Repaint the whole screen, even what seems unchanged.
    case redraw
    /// Make a verdict of the runs anew, and tell it by `DashboardInput.verdict`.
    case judge([RunState], VerdictQuestion)
    /// Write what the run has recorded to a file and say where, by `DashboardInput.message`.
    case export
}
