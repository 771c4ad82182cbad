/// What has become of a run's commands, as far as it decides what comes again of them when the run is
/// cut back to this moment.
///
/// `quit` is left out but for its number, or a run that goes on would end at once.
package struct CommandLedger: Codable, Sendable, Equatable {
    private struct Entry: Codable, Equatable {
        /// Counts the entries, in the order in which they came.
        var number: Int
        var command: LostCommand
    }

    /// The largest number that a command has had.
    package private(set) var lastID = 0
    private var asked: Set<Int> = []
    private var answered: Set<Int> = []
    private var entries = 0
    /// By the commands' numbers.
    private var waiting: [Int: Entry] = [:]
    /// By the arms whose next checkpoint will hold them.
    private var unsaved: [String: [Entry]] = [:]

    package init() {}

    /// Asked, and answered nowhere so far.
    package var open: [LostCommand] { Self.inOrder(Array(waiting.values)) }

    /// Learning rates that commands have set and no checkpoint holds.
    package var effects: [LostCommand] { Self.inOrder(unsaved.values.flatMap { $0 }) }

    private static func inOrder(_ entries: [Entry]) -> [LostCommand] {
        entries.sorted { $0.number < $1.number }.map(\.command)
    }

    /// The command of this number, if it was asked and is not answered.
    package func open(_ id: Int) -> CommandRequest? { waiting[id]?.command.request }

    /// Whether a command was asked, by its number.
    package func isAsked(_ id: Int) -> Bool { asked.contains(id) }

    /// Whether a command was applied or refused, by its number.
    package func isAnswered(_ id: Int) -> Bool { answered.contains(id) }

    /// Takes the next event, which comes at a moment of the run.
    package mutating func take(_ event: RunEvent, at moment: RunMoment) {
        switch event {
        case .command(let request, let state, _):
            if state == .asked { lastID = max(lastID, request.id) }
            if request.command != .quit { take(request, state, at: moment) }
        case .checkpointSaved(let arm, _, _, _): unsaved[arm] = nil
        default: break
        }
    }

    private mutating func take(
        _ request: CommandRequest, _ state: CommandState, at moment: RunMoment
    ) {
        guard state != .asked else {
            asked.insert(request.id)
            return waiting[request.id] = entry(LostCommand(request, .taken, at: moment))
        }
        answered.insert(request.id)
        waiting[request.id] = nil
        if state == .applied, case .setLearningRate = request.command {
            unsaved[request.arm ?? "", default: []].append(
                entry(LostCommand(request, .effect, at: moment)))
        }
    }

    private mutating func entry(_ command: LostCommand) -> Entry {
        entries += 1
        return Entry(number: entries, command: command)
    }
}
