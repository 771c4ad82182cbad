import RunEvents

/// What has to come again of commands when a log is cut.
struct LostCommands {
    private let kept: CommandLedger
    /// With what was cut off.
    private var ledger: CommandLedger
    /// Told after the cut.
    private var cutOff: [LostCommand] = []

    /// - Parameters:
    ///   - rest: What is cut off.
    ///   - state: What stays.
    init(cutting rest: [StampedEvent], after state: RunState) {
        kept = state.commands
        ledger = kept
        var position = state.position
        for event in rest.lazy.map(\.event) {
            if case .command(let request, let state, _) = event, request.command != .quit {
                take(request, state, at: position.moment)
            }
            ledger.take(event, at: position.moment)
            position.take(event)
        }
    }

    private mutating func take(
        _ request: CommandRequest, _ state: CommandState, at moment: RunMoment
    ) {
        if state == .asked {
            cutOff.append(LostCommand(request, .asked, at: moment))
        } else if !ledger.isAnswered(request.id),
            let asked = ledger.open(request.id)
        {
            cutOff.append(LostCommand(asked, .taken, at: moment))
        }
    }

    /// Puts together what has to come again.
    ///
    /// - Parameter stored: What an earlier cut took off the log, and may be in it again.
    /// - Returns: The parts in order.
    func commands(with stored: [LostCommand]) -> [LostCommand] {
        let waiting = stored.filter { command in
            let id = command.request.id
            return command.part == .asked ? !ledger.isAsked(id) : !ledger.isAnswered(id)
        }
        let later = Set(waiting.map(\.request.id))
        let open = kept.open.filter { command in
            let id = command.request.id
            return !ledger.isAnswered(id) && !later.contains(id)
        }
        return kept.effects + open + cutOff + waiting
    }
}
