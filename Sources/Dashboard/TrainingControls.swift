import RunEvents

/// Turns capital keys into commands, or says at once why not.
struct TrainingControls: Sendable, Equatable {
    enum Reply: Sendable, Equatable {
        case refused(String)
        case send(RunCommand, arm: String)
        case ask(Overlay)
    }

    private struct Pending: Hashable {
        var arm: String
        var key: String
    }

    /// Commands that went out and were neither applied nor refused so far.
    private var pending: Set<Pending> = []

    /// What a capital key leads to.
    func reply(to action: Action, arm: ArmRecord?, hasEnded: Bool, isReadOnly: Bool) -> Reply {
        if isReadOnly { return .refused("read-only: capitals do nothing here") }
        guard let arm else { return .refused("no arm is selected") }
        if hasEnded { return .refused("the run has ended: \(arm.name) takes no commands") }
        if arm.state.isFinal {
            return .refused("\(arm.name) is \(arm.state.rawValue): it takes no commands")
        }
        switch action {
        case .pauseOrResume: return send(arm.state == .paused ? .resume : .pause, arm)
        case .checkpoint: return send(.checkpoint, arm)
        case .evaluate: return send(.evaluate, arm)
        case .stopArm:
            return isPending(.stop, arm.name)
                ? .refused("stop of \(arm.name) is asked already")
                : .ask(.stop(StopDialog(arm: arm.name)))
        default: return .ask(.rate(LearningRatePrompt(arm: arm.name)))
        }
    }

    /// Checks once more what a dialog about an arm wants to send: it may have ended meanwhile.
    func confirm(_ command: RunCommand, arm: ArmRecord?, hasEnded: Bool) -> Reply {
        guard let arm else { return .refused("the arm is gone") }
        if hasEnded || arm.state.isFinal { return .refused("\(arm.name) has ended meanwhile") }
        return send(command, arm)
    }

    mutating func sent(_ command: RunCommand, arm: String) {
        pending.insert(Pending(arm: arm, key: command.keyLabel))
    }

    /// Learns from the trainer what became of a command.
    mutating func hear(_ event: RunEvent) {
        guard case .command(let request, let state, _) = event, state != .asked else { return }
        pending = pending.filter {
            $0.key != request.command.keyLabel || (request.arm != nil && $0.arm != request.arm)
        }
    }

    private func isPending(_ command: RunCommand, _ arm: String) -> Bool {
        pending.contains(Pending(arm: arm, key: command.keyLabel))
    }

    private func send(_ command: RunCommand, _ arm: ArmRecord) -> Reply {
        isPending(command, arm.name)
            ? .refused("\(command.phrase) of \(arm.name) is asked already")
            : .send(command, arm: arm.name)
    }
}
