internal import Foundation
internal import RunEvents
internal import Training

/// Applies commands to arms at step boundaries, and tells what became of each.
///
/// Commands of an interrupted run whose effect is lost are applied again at the same moments: the
/// steps of all arms together only grow, and so say which moment it was.
struct CommandDesk {
    private let queue: CommandQueue
    private var again: [Continuation.Command]
    private var waiting: [CommandRequest] = []
    /// The largest number that a command of the run has had.
    private var lastID: Int

    init(queue: CommandQueue, continuing continuation: Continuation?) {
        self.queue = queue
        again = continuation?.commands ?? []
        lastID = continuation?.lastCommandID ?? 0
    }

    /// What the runner must do for an arm because of a command.
    enum Task: Equatable {
        case checkpoint(String)
        case evaluate(String)
        case stop(String)
        case quit
    }

    /// Whether nobody can give commands any more.
    var isClosed: Bool { queue.isClosed }

    /// Applies the oldest command that is due.
    ///
    /// - Returns: What is left for the runner to do, in order; nil if no command is due.
    mutating func applyNext(to arms: [ArmRun], _ journal: RunJournal) throws -> [Task]? {
        let position = arms.reduce(0) { $0 + $1.step }
        if let index = again.firstIndex(where: { $0.position <= position }) {
            let command = again.remove(at: index)
            guard command.isRecorded else { return try take(command.request, arms, journal) }
            try arms.first { $0.name == command.request.arm }.map { arm in
                _ = try perform(command.request.command, on: arm, journal)
            }
            return []
        }
        waiting += queue.takeAll()
        guard !waiting.isEmpty else { return nil }
        var request = waiting.removeFirst()
        lastID = max(lastID + 1, request.id)
        request.id = lastID
        return try take(request, arms, journal)
    }

    private func take(
        _ request: CommandRequest, _ arms: [ArmRun], _ journal: RunJournal
    ) throws -> [Task] {
        let step = arms.first { $0.name == request.arm }?.step ?? arms.map(\.step).max() ?? 0
        try journal.emit(.command(request, state: .asked, step: step))
        return try apply(request, to: arms, journal)
    }

    private func apply(
        _ request: CommandRequest, to arms: [ArmRun], _ journal: RunJournal
    ) throws -> [Task] {
        if request.command == .quit {
            try journal.emit(
                .command(request, state: .applied, step: arms.map(\.step).max() ?? 0))
            return [.quit]
        }
        let concerned = arms.filter {
            request.arm == nil ? !$0.state.isFinal : $0.name == request.arm
        }
        if concerned.isEmpty {
            let reason = request.arm.map { "there is no arm \($0)" } ?? "every arm has finished"
            try journal.emit(.command(request, state: .refused(reason: reason), step: 0))
        }
        var tasks: [Task] = []
        for arm in concerned {
            var single = request
            single.arm = arm.name
            let reason = refusal(of: request.command, by: arm)
            let state = reason.map { CommandState.refused(reason: $0) } ?? .applied
            try journal.emit(.command(single, state: state, step: arm.step))
            guard reason == nil else { continue }
            if let task = try perform(request.command, on: arm, journal) { tasks.append(task) }
        }
        return tasks
    }

    private func refusal(of command: RunCommand, by arm: ArmRun) -> String? {
        if arm.state.isFinal { return "the arm is \(arm.state.rawValue)" }
        switch command {
        case .pause: return arm.state == .paused ? "the arm is paused already" : nil
        case .resume: return arm.state == .paused ? nil : "the arm is not paused"
        case .setLearningRate(let rate):
            return rate > 0 && rate.isFinite ? nil : "\(rate) is no learning rate"
        case .stop, .checkpoint, .evaluate, .quit: return nil
        }
    }

    private func perform(
        _ command: RunCommand, on arm: ArmRun, _ journal: RunJournal
    ) throws -> Task? {
        switch command {
        case .pause: try arm.enter(.paused, journal)
        case .resume: try arm.enter(.waiting, journal)
        case .setLearningRate(let rate): arm.trainer.learningRate = rate
        case .stop: return .stop(arm.name)
        case .checkpoint: return .checkpoint(arm.name)
        case .evaluate: return .evaluate(arm.name)
        case .quit: return .quit
        }
        return nil
    }
}
