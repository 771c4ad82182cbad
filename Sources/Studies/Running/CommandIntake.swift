internal import RunEvents

/// The commands on their way: told as soon as they were asked, then waiting for their turn.
///
/// What an interruption took back comes again in its order, each part at its moment; new commands
/// do not wait for it.
final class CommandIntake {
    private let queue: CommandQueue
    private var lost: [LostCommand]
    private var arrived: [CommandQueue.Entry] = []
    /// Told, and not taken yet, with the time of the key.
    private var waiting: [(request: CommandRequest, since: ContinuousClock.Instant)] = []
    /// The largest number that a command of the run has had.
    private var lastID: Int

    init(_ queue: CommandQueue, continuing continuation: Continuation?) {
        self.queue = queue
        lost = continuation?.commands ?? []
        lastID = continuation?.lastCommandID ?? 0
    }

    /// Whether nobody can give commands any more.
    var isClosed: Bool { queue.isClosed }

    /// The next command that has to be told as asked, and when it was if that is not now.
    func nextAsked(at moment: RunMoment) -> (request: CommandRequest, ContinuousClock.Instant?)? {
        if let first = lost.first, first.part == .asked, first.moment <= moment {
            lost.removeFirst()
            let isTakenLater = lost.contains { $0.request.id == first.request.id }
            if !isTakenLater { waiting.append((first.request, .now)) }
            return (first.request, nil)
        }
        arrived += queue.takeAll()
        guard !arrived.isEmpty else { return nil }
        var entry = arrived.removeFirst()
        lastID = max(lastID + 1, entry.request.id)
        entry.request.id = lastID
        waiting.append((entry.request, entry.instant))
        return (entry.request, entry.instant)
    }

    /// Whether an evaluation is broken off for a command: one has waited so long, or one that an
    /// interruption took back was taken at this moment.
    func breaksOff(at moment: RunMoment, patience: Duration) -> Bool {
        if let first = lost.first, first.part != .asked, first.moment <= moment { return true }
        return waiting.first.map { .now - $0.since >= patience } ?? false
    }

    /// The next command whose turn it is: to be taken, or only to take effect.
    func nextTaken(at moment: RunMoment) -> LostCommand? {
        if let first = lost.first, first.part != .asked, first.moment <= moment {
            return lost.removeFirst()
        }
        return waiting.isEmpty
            ? nil : LostCommand(waiting.removeFirst().request, .taken, at: moment)
    }

    /// Says that no arm trains: what is due at these steps is due now, as nothing more is told.
    func hurry(at moment: RunMoment) {
        for index in lost.indices where lost[index].moment.steps <= moment.steps {
            lost[index].moment = min(lost[index].moment, moment)
        }
    }
}
