import RunEvents

/// Turns capital keys into commands, or says at once why not.
struct TrainingControls: Sendable, Equatable {
    enum Reply: Sendable, Equatable {
        case refused(String)
        case send(RunCommand, to: ArmLine)
        case ask(Overlay)
    }

    /// What the run is, as far as it decides whether commands make sense.
    struct Situation: Sendable {
        var hasEnded: Bool
        var isStopping: Bool
        var isReadOnly: Bool
    }

    private struct Pending: Hashable {
        var target: ArmLine
        /// Those who answer.
        var trajectories: Set<String>
        var command: RunCommand

        func concerns(_ name: String) -> Bool { target.name == name || trajectories.contains(name) }
    }

    /// Commands that went out and were neither applied nor refused so far.
    private var pending: Set<Pending> = []

    /// What a capital key leads to.
    func reply(to action: Action, target: CommandTarget?, in situation: Situation) -> Reply {
        if situation.isReadOnly { return .refused("read-only: capitals do nothing here") }
        guard let target else { return .refused("no arm is selected") }
        if let why = obstacle(target, situation) { return .refused(why) }
        switch action {
        case .pauseOrResume: return send(target.isPaused ? .resume : .pause, target)
        case .checkpoint: return send(.checkpoint, target)
        case .evaluate: return send(.evaluate, target)
        case .stopArm: return .ask(.stop(StopDialog(target: target.line)))
        default: return .ask(.rate(LearningRatePrompt(target: target.line)))
        }
    }

    /// Checks once more what a dialog about an arm wants to send: it may have ended meanwhile.
    func confirm(
        _ command: RunCommand, target: CommandTarget?, in situation: Situation
    ) -> Reply {
        guard let target else { return .refused("the arm is gone") }
        return obstacle(target, situation).map(Reply.refused) ?? send(command, target)
    }

    /// Why an arm or trajectory takes no commands now.
    private func obstacle(_ target: CommandTarget, _ situation: Situation) -> String? {
        let name = target.name
        if situation.hasEnded { return "the run has ended: \(name) takes no commands" }
        if situation.isStopping { return "the run is stopping: \(name) takes no commands" }
        if let end = target.end { return "\(end): it takes no commands" }
        return isPending(.stop, target)
            ? "stop of \(name) is asked already: it takes no more commands" : nil
    }

    mutating func sent(_ command: RunCommand, to target: CommandTarget) {
        let names = target.going.map(\.name)
        pending.insert(
            Pending(target: target.line, trajectories: Set(names), command: command))
    }

    /// Learns from the trainer what became of a command; returns true if it was sent from here.
    mutating func hear(_ event: RunEvent) -> Bool {
        guard case .command(let request, let state, _) = event, state != .asked else {
            return false
        }
        let left = pending.filter {
            $0.command != request.command || request.arm.map($0.concerns) == false
        }
        defer { pending = left }
        return left.count < pending.count
    }

    /// Whether a command was sent to it, or to the arm that it is a part of.
    private func isPending(_ command: RunCommand, _ target: CommandTarget) -> Bool {
        let names = target.going.map(\.name)
        return pending.contains {
            $0.command == command && $0.trajectories.isSuperset(of: names)
        }
    }

    private func send(_ command: RunCommand, _ target: CommandTarget) -> Reply {
        isPending(command, target)
            ? .refused("\(command.phrase) of \(target.name) is asked already")
            : .send(command, to: target.line)
    }
}
