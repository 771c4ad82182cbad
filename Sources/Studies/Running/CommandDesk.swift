internal import Foundation
internal import RunEvents
internal import Training

/// Applies commands to arms at step boundaries, and tells what became of each.
///
/// Commands of an interrupted run that had taken effect after its last checkpoint are applied
/// again at the same steps.
struct CommandDesk {
    private let queue: CommandQueue
    private var again: [Continuation.Command]
    /// The largest number that a command of the run has had.
    private var lastID: Int

    init(queue: CommandQueue, again: [Continuation.Command]) {
        self.queue = queue
        self.again = again
        lastID = again.map(\.request.id).max() ?? 0
    }

    /// What the runner must do for an arm because of a command.
    enum Task: Equatable {
        case checkpoint(String)
        case evaluate(String)
        case stop(String)
        case quit
    }

    /// Takes everything that was asked and applies it.
    ///
    /// - Returns: What is left for the runner to do, in order.
    mutating func apply(to arms: [ArmRun], _ journal: RunJournal) throws -> [Task] {
        var tasks: [Task] = []
        for command in takeDue(arms) {
            tasks += try apply(command.request, to: arms, journal, isSilent: command.isRecorded)
        }
        for var request in queue.takeAll() {
            lastID = max(lastID + 1, request.id)
            request.id = lastID
            let step = arms.first { $0.name == request.arm }?.step ?? arms.map(\.step).max() ?? 0
            try journal.emit(.command(request, state: .asked, step: step))
            tasks += try apply(request, to: arms, journal, isSilent: false)
        }
        return tasks
    }

    private mutating func takeDue(_ arms: [ArmRun]) -> [Continuation.Command] {
        let due = again.filter { command in
            guard let name = command.request.arm else { return true }
            return arms.first { $0.name == name }.map { $0.step >= command.step } ?? true
        }
        again.removeAll { command in due.contains { $0.request == command.request } }
        return due
    }

    private func apply(
        _ request: CommandRequest, to arms: [ArmRun], _ journal: RunJournal, isSilent: Bool
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
            if !isSilent {
                let state = reason.map { CommandState.refused(reason: $0) } ?? .applied
                try journal.emit(.command(single, state: state, step: arm.step))
            }
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
