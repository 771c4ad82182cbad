import RunEvents

/// One of the runs on the screen: what it is, and how far it has come.
struct RunRecord: Sendable, Equatable {
    /// What a run is doing, or how it ended.
    enum Condition: Sendable, Equatable {
        /// It has not begun, or not gone on yet.
        case waiting
        case running
        /// Every arm that could train is paused; the run's clock stands.
        case paused
        /// It ended before its end, by a command or because its process is gone; it can be resumed.
        case interrupted
        case completed, diverged, failed

        /// True while a process works on the run.
        var isAlive: Bool { self == .waiting || self == .running || self == .paused }
    }

    var identity: RunIdentity?
    /// What the trainer said last of what it is doing.
    var progress: Progress?
    var outcome: RunOutcome?
    /// The moment of the newest event, in seconds of the run's own clock.
    var seconds = 0.0
    /// Whether some process writes the run.
    var isWritten = true

    /// What the run is doing, given its arms.
    func condition(of arms: [ArmRecord]) -> Condition {
        switch outcome {
        case .completed?: .completed
        case .interrupted?: .interrupted
        case .diverged?: .diverged
        case .failed?: .failed
        case nil where !isWritten: .interrupted
        case nil where identity == nil || isPreparing: .waiting
        case nil: Self.arePaused(arms) ? .paused : .running
        }
    }

    private var isPreparing: Bool {
        if case .preparing? = progress?.phase { true } else { false }
    }

    private static func arePaused(_ arms: [ArmRecord]) -> Bool {
        let alive = arms.filter { !$0.state.isFinal }
        return !alive.isEmpty && alive.allSatisfy { $0.state == .paused }
    }
}
