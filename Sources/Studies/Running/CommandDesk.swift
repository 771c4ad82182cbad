internal import Foundation
internal import RunEvents
internal import Training

/// Applies commands to arms at step boundaries, and tells what became of each.
struct CommandDesk {
    let intake: CommandIntake

    /// What the runner must do for an arm because of a command.
    enum Task: Equatable {
        case checkpoint(String)
        case evaluate(String)
        case stop(String)
        case quit
    }

    /// Applies the oldest command that is due.
    ///
    /// - Returns: What is left for the runner to do, in order; nil if no command is due.
    func applyNext(to arms: [ArmRun], _ journal: RunJournal) throws -> [Task]? {
        try journal.tellAsked()
        guard let next = intake.nextTaken(at: journal.position.moment) else { return nil }
        guard next.part == .effect else { return try apply(next.request, to: arms, journal) }
        for arm in arms where arm.name == next.request.arm {
            _ = try perform(next.request.command, on: arm, journal)
        }
        return []
    }

    /// Refuses all that waits: the run is over, and does not go on.
    func refuseRest(_ journal: RunJournal) throws {
        try journal.tellAsked()
        while let next = intake.nextTaken(at: journal.position.moment) {
            guard next.part == .taken else { continue }
            let step = journal.position.step(of: next.request.arm)
            let state = CommandState.refused(reason: "the run has ended")
            try journal.emit(.command(next.request, state: state, step: step))
        }
    }

    private func apply(
        _ request: CommandRequest, to arms: [ArmRun], _ journal: RunJournal
    ) throws -> [Task] {
        if request.command == .quit {
            try journal.emit(
                .command(request, state: .applied, step: arms.map(\.step).max() ?? 0))
            return [.quit]
        }
        let concerned = concerned(by: request, among: arms)
        if concerned.isEmpty {
            let step = journal.position.step(of: request.arm)
            let state = CommandState.refused(reason: Self.reason(of: request, among: arms))
            try journal.emit(.command(request, state: state, step: step))
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

    /// The trajectory of that id, or those of the study's arm, or all; but for the first, those that
    /// have not ended.
    private func concerned(by request: CommandRequest, among arms: [ArmRun]) -> [ArmRun] {
        if let one = arms.first(where: { $0.name == request.arm }) { return [one] }
        return arms.filter {
            !$0.state.isFinal && (request.arm == nil || $0.settings.arm.name == request.arm)
        }
    }

    /// Why a command concerns nobody.
    private static func reason(of request: CommandRequest, among arms: [ArmRun]) -> String {
        guard let name = request.arm else { return "every arm has finished" }
        return arms.contains { $0.settings.arm.name == name }
            ? "every trajectory of \(name) has ended" : "there is no arm \(name)"
    }

    private func refusal(of command: RunCommand, by arm: ArmRun) -> String? {
        if arm.state.isFinal { return "the arm is \(arm.state.rawValue)" }
        switch command {
        case .pause: return arm.state == .paused ? "the arm is paused already" : nil
        case .resume: return arm.state == .paused ? nil : "the arm is not paused"
        case .setLearningRate(let rate):
            return rate > 0 && rate.isFinite ? nil : "\(rate) is no learning rate"
        case .checkpoint:
            return arm.checkpointStep == arm.step ? "step \(arm.step) has a checkpoint" : nil
        case .stop, .evaluate, .quit: return nil
        }
    }

    private func perform(
        _ command: RunCommand, on arm: ArmRun, _ journal: RunJournal
    ) throws -> Task? {
        switch command {
        case .pause:
            try arm.enter(.paused, journal)
            return arm.isSaved ? nil : .checkpoint(arm.name)
        case .resume: try arm.enter(.waiting, journal)
        case .setLearningRate(let rate): arm.setLearningRate(rate)
        case .stop: return .stop(arm.name)
        case .checkpoint: return .checkpoint(arm.name)
        case .evaluate: return .evaluate(arm.name)
        case .quit: return .quit
        }
        return nil
    }
}
