import RunEvents

/// Whom a command reaches: a trajectory, or an arm with all of its trajectories.
struct CommandTarget: Sendable {
    let line: ArmLine
    /// At least one.
    let trajectories: [ArmRecord]

    /// Nil if there is nothing of that name.
    init?(_ line: ArmLine?, in history: RunHistory) {
        guard let line else { return nil }
        trajectories = history.arms(of: line)
        self.line = line
        if trajectories.isEmpty { return nil }
    }

    var name: String { line.name }

    /// Whom to send a command: the arm, if none of its trajectories has its name, which the trainer would
    /// take for that one.
    var addresses: [String] {
        guard isArm, trajectories.contains(where: { $0.name == name }) else { return [name] }
        return going.map(\.name)
    }

    /// Those that have not ended, and so take commands.
    var going: [ArmRecord] { trajectories.filter { !$0.state.isFinal } }

    var isArm: Bool { trajectories.count > 1 }

    /// Whether it is paused, as far as it has not ended.
    var isPaused: Bool { !going.isEmpty && going.allSatisfy { $0.state == .paused } }

    /// The arm or trajectory; of an arm with several trajectories with which of them are meant:
    /// `full: all 9 trajectories`.
    var text: String {
        guard isArm else { return name }
        let count = going.count
        return count == trajectories.count
            ? "\(name): all \(count) trajectories"
            : "\(name): the \(count) of \(trajectories.count) trajectories that go on"
    }

    /// The peaks of its learning rates, each once, ascending.
    var peakLearningRates: [Double] { Set(going.compactMap(\.peakLearningRate)).sorted() }

    /// Why none of it takes commands; nil if some of it does.
    var end: String? {
        guard going.isEmpty else { return nil }
        return isArm
            ? "every trajectory of \(name) has ended"
            : "\(name) is \(trajectories[0].state.rawValue)"
    }
}
