import RunEvents

/// One of the runs on the screen: what it has said, and whether somebody works on it.
@dynamicMemberLookup
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

    var state = RunState()
    /// Whether some process writes the run.
    var isWritten = true

    subscript<Value>(dynamicMember path: KeyPath<RunState, Value>) -> Value {
        state[keyPath: path]
    }

    /// What the run is doing.
    var condition: Condition {
        switch state.outcome {
        case .completed?: .completed
        case .interrupted?: .interrupted
        case .diverged?: .diverged
        case .failed?: .failed
        case nil where !isWritten: .interrupted
        case nil where state.identity == nil || isPreparing: .waiting
        case nil: arePaused ? .paused : .running
        }
    }

    private var isPreparing: Bool {
        if case .preparing? = state.progress?.phase { true } else { false }
    }

    private var arePaused: Bool {
        let alive = state.trajectories.filter { !$0.state.isFinal }
        return !alive.isEmpty && alive.allSatisfy { $0.state == .paused }
    }
}
