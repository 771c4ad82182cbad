import RunEvents

/// Turns capital keys into commands, or says at once why not.
struct TrainingControls: Sendable, Equatable {
    enum Reply: Sendable, Equatable {
        case refused(String)
        case send(RunCommand, arm: String)
        case ask(Overlay)
    }

    /// What the run is, as far as it decides whether commands make sense.
    struct Situation: Sendable {
        var hasEnded: Bool
        var isStopping: Bool
        var isReadOnly: Bool
    }

    private struct Pending: Hashable {
        var arm: String
        var command: RunCommand
    }

    /// Commands that went out and were neither applied nor refused so far.
    private var pending: Set<Pending> = []

    /// What a capital key leads to.
    func reply(to action: Action, arm: ArmRecord?, in situation: Situation) -> Reply {
        if situation.isReadOnly { return .refused("read-only: capitals do nothing here") }
        guard let arm else { return .refused("no arm is selected") }
        if let why = obstacle(arm, situation) { return .refused(why) }
        switch action {
        case .pauseOrResume: return send(arm.state == .paused ? .resume : .pause, arm)
        case .checkpoint: return send(.checkpoint, arm)
        case .evaluate: return send(.evaluate, arm)
        case .stopArm: return .ask(.stop(StopDialog(arm: arm.name)))
        default: return .ask(.rate(LearningRatePrompt(arm: arm.name)))
        }
    }

    /// Checks once more what a dialog about an arm wants to send: it may have ended meanwhile.
    func confirm(_ command: RunCommand, arm: ArmRecord?, in situation: Situation) -> Reply {
        guard let arm else { return .refused("the arm is gone") }
        return obstacle(arm, situation).map(Reply.refused) ?? send(command, arm)
    }

    /// Why an arm takes no commands now.
    private func obstacle(_ arm: ArmRecord, _ situation: Situation) -> String? {
        if situation.hasEnded { return "the run has ended: \(arm.name) takes no commands" }
        if situation.isStopping { return "the run is stopping: \(arm.name) takes no commands" }
        if arm.state.isFinal {
            return "\(arm.name) is \(arm.state.rawValue): it takes no commands"
        }
        return isPending(.stop, arm.name)
            ? "stop of \(arm.name) is asked already: it takes no more commands" : nil
    }

    mutating func sent(_ command: RunCommand, arm: String) {
        pending.insert(Pending(arm: arm, command: command))
    }

    /// Learns from the trainer what became of a command; returns true if it was sent from here.
    mutating func hear(_ event: RunEvent) -> Bool {
        guard case .command(let request, let state, _) = event, state != .asked else {
            return false
        }
        let left = pending.filter {
            $0.command != request.command || (request.arm != nil && $0.arm != request.arm)
        }
        defer { pending = left }
        return left.count < pending.count
    }

    private func isPending(_ command: RunCommand, _ arm: String) -> Bool {
        pending.contains(Pending(arm: arm, command: command))
    }

    private func send(_ command: RunCommand, _ arm: ArmRecord) -> Reply {
        isPending(command, arm.name)
            ? .refused("\(command.phrase) of \(arm.name) is asked already")
            : .send(command, arm: arm.name)
    }
}
