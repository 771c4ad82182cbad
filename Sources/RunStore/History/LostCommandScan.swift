import RunEvents

/// Finds in a log what has to come again of its commands when it is cut.
struct LostCommandScan {
    /// The largest number that a command has had.
    private(set) var lastID = 0
    /// Learning rates of the part that stays which no checkpoint holds.
    private var effects: [LostCommand] = []
    /// Asked in the part that stays, by number, and answered nowhere.
    private var open: [LostCommand] = []
    /// Told after the cut.
    private var cutOff: [LostCommand] = []
    private var asked: [Int: CommandRequest] = [:]
    private var answered: Set<Int> = []

    /// - Parameters:
    ///   - events: The whole log.
    ///   - cut: How many of them stay.
    ///   - saved: Which event tells the newest checkpoint that stays, of each arm.
    init(_ events: [StampedEvent], cut: Int, saved: [String: Int]) {
        var position = RunPosition()
        for (index, event) in events.lazy.map(\.event).enumerated() {
            if case .command(let request, .asked, _) = event { lastID = max(lastID, request.id) }
            if case .command(let request, let state, _) = event, request.command != .quit {
                let isSaved = request.arm.flatMap { saved[$0] } ?? -1 > index
                take(request, state, at: position.moment, isKept: index < cut, isSaved: isSaved)
            }
            position.take(event)
        }
    }

    /// Puts together what has to come again.
    ///
    /// - Parameter stored: What an earlier cut took off the log, and may be in it again.
    /// - Returns: The parts in order.
    func commands(with stored: [LostCommand]) -> [LostCommand] {
        let rest = stored.filter { command in
            let id = command.request.id
            return command.part == .asked ? asked[id] == nil : !answered.contains(id)
        }
        let later = Set(rest.map(\.request.id))
        return effects + open.filter { !later.contains($0.request.id) } + cutOff + rest
    }

    private mutating func take(
        _ request: CommandRequest, _ state: CommandState, at moment: RunMoment, isKept: Bool,
        isSaved: Bool
    ) {
        let id = request.id
        guard state != .asked else {
            asked[id] = request
            if isKept {
                open.append(LostCommand(request, .taken, at: moment))
            } else {
                cutOff.append(LostCommand(request, .asked, at: moment))
            }
            return
        }
        let isFirst = answered.insert(id).inserted
        open.removeAll { $0.request.id == id }
        if !isKept, isFirst, let request = asked[id] {
            cutOff.append(LostCommand(request, .taken, at: moment))
        }
        if isKept, !isSaved, state == .applied, case .setLearningRate = request.command {
            effects.append(LostCommand(request, .effect, at: moment))
        }
    }
}
