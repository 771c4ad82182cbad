/// All that the events of a run have said so far: the one fold of events, which screen, files,
/// exports and the continuation of a run read.
package struct RunState: Sendable, Equatable {
    /// What is compared; nil before the run has told it.
    package internal(set) var identity: RunIdentity?
    /// In the order of the identity; those that it does not name behind the others.
    package internal(set) var trajectories: [TrajectoryState] = []
    /// How the run ended; nil while it goes on, or after a kill.
    package internal(set) var outcome: RunOutcome?
    /// The moment of the newest event, in seconds of the run's own clock.
    package internal(set) var seconds = 0.0
    /// What the trainer said last of what it is doing; never stored.
    package internal(set) var progress: Progress?
    /// Where the trajectories are, as commands that come again count it.
    package internal(set) var position = RunPosition()
    package internal(set) var commands = CommandLedger()
    /// What has been told but measurements and turns, oldest first.
    package internal(set) var tidings: [StampedEvent] = []
    /// The items that numbers are made of.
    package internal(set) var items: [MeasureKey: ItemSet] = [:]
    var places: [String: Int] = [:]

    package init() {}

    /// The state after these events.
    package init(after events: some Sequence<StampedEvent>) {
        for event in events { apply(event) }
    }

    /// What is known of a trajectory; nil if the run has not spoken of it.
    package func trajectory(named name: String) -> TrajectoryState? {
        places[name].map { trajectories[$0] }
    }

    /// True if the run came to its own end, so that its data must stay as they are.
    package var isOver: Bool {
        switch outcome {
        case .completed, .diverged: true
        case .interrupted, .failed, nil: false
        }
    }

    /// True where a killed run can go on: no trajectory has moved past its newest checkpoint.
    package var isSettled: Bool { position.isSettled(at: checkpointSteps) }

    /// The newest checkpoints of the trajectories that have one.
    package var checkpointSteps: [String: Int] {
        let steps = trajectories.compactMap { trajectory in
            trajectory.checkpoints.last.map { (trajectory.name, $0.step) }
        }
        return Dictionary(steps) { first, _ in first }
    }
}

/// The stored form, in which the state of a run is kept beside its log: all that follows from the events
/// in the log. Items and what they scored have a file of their own, and progress is not stored.
extension RunState: Codable {
    private enum Key: String, CodingKey {
        case identity, trajectories, outcome, seconds, position, commands, tidings
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        identity = try values.decodeIfPresent(RunIdentity.self, forKey: .identity)
        trajectories = try values.decode([TrajectoryState].self, forKey: .trajectories)
        outcome = try values.decodeIfPresent(RunOutcome.self, forKey: .outcome)
        seconds = try values.decode(Double.self, forKey: .seconds)
        position = try values.decode(RunPosition.self, forKey: .position)
        commands = try values.decode(CommandLedger.self, forKey: .commands)
        tidings = try values.decode([StampedEvent].self, forKey: .tidings)
        notePlaces()
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encodeIfPresent(identity, forKey: .identity)
        try values.encode(trajectories, forKey: .trajectories)
        try values.encodeIfPresent(outcome, forKey: .outcome)
        try values.encode(seconds, forKey: .seconds)
        try values.encode(position, forKey: .position)
        try values.encode(commands, forKey: .commands)
        try values.encode(tidings, forKey: .tidings)
    }

    mutating func notePlaces() {
        places = Dictionary(zip(trajectories.map(\.name), trajectories.indices)) { first, _ in
            first
        }
    }
}
