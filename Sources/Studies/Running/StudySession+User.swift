internal import Foundation
internal import RunEvents
internal import Verdicts

/// What a session does because somebody asked for it.
extension StudySession {
    /// Applies what was asked since the last step.
    ///
    /// Each command has its effect before the next is taken, but that an evaluation makes room for it
    /// and is repeated after it. In front of everything, while the base is not measured, what has to
    /// be measured waits.
    mutating func attendToUser(isBaseMeasured: Bool = true) throws -> RunOutcome? {
        var quits = false
        while true {
            if stop.request == .abandon { throw RunAbandoned() }
            quits = quits || stop.request != .none
            if !quits, isBaseMeasured, let task = toMeasure.first, try perform(task) {
                toMeasure.removeFirst()
                continue
            }
            guard let tasks = try desk.applyNext(to: arms, journal) else {
                if quits || !isBaseMeasured || toMeasure.isEmpty { break }
                continue
            }
            for task in tasks {
                switch task {
                case .quit: quits = true
                case .checkpoint(let name): try arm(name).map(save)
                case .evaluate, .stop: toMeasure.append(task)
                }
            }
        }
        return quits ? try interrupt() : nil
    }

    /// Does what needs an evaluation.
    ///
    /// - Returns: False if that was broken off.
    private func perform(_ task: CommandDesk.Task) throws -> Bool {
        switch task {
        case .evaluate(let name): try arm(name).map(evaluateOutOfTurn) ?? true
        case .stop(let name): try arm(name).map(finishEarly) ?? true
        case .checkpoint, .quit: true
        }
    }

    /// Measures an arm between two points of its way, and saves it there if the study's budget asks for
    /// that.
    private func evaluateOutOfTurn(_ arm: ArmRun) throws -> Bool {
        guard !arm.state.isFinal else { return true }
        guard try evaluate(arm) else { return false }
        guard arm.step > 0, !arm.state.isFinal, journal.budget?.step(of: arm.name) == arm.step
        else { return true }
        try save(arm)
        return true
    }

    /// Ends the run; arms that were told to stop do so at once, without being measured.
    private func interrupt() throws -> RunOutcome {
        for case .stop(let name) in toMeasure {
            guard let arm = arm(name), !arm.state.isFinal else { continue }
            try arm.enter(.stopped, journal)
        }
        for arm in arms where arm.step > 0 { try save(arm) }
        return .interrupted
    }

    /// Only paused arms are left, and nobody can tell them to go on.
    func leavePaused() throws -> RunOutcome {
        let names = arms.filter { $0.state == .paused }.map(\.name).joined(separator: ", ")
        try journal.emit(
            .notice(
                Notice(
                    level: .warning, arm: nil, step: arms.map(\.step).max() ?? 0,
                    text: "only paused arms are left (\(names)); "
                        + "resume the run on a terminal and press P at each")))
        return try interrupt()
    }

    /// Tells how the run ended, having refused what waits where it does not go on.
    func conclude(_ outcome: RunOutcome) throws {
        if outcome != .interrupted { try desk.refuseRest(journal) }
        try journal.emitEnd(outcome)
    }

    private func arm(_ name: String) -> ArmRun? { arms.first { $0.name == name } }

    private func finishEarly(_ arm: ArmRun) throws -> Bool {
        if !arm.state.isFinal, arm.evaluatedStep != arm.step, try !evaluate(arm) { return false }
        guard !arm.state.isFinal else { return true }
        guard try arm.step == 0 || evaluateAtEnd(arm) else { return false }
        try arm.enter(.stopped, journal)
        if arm.step > 0 { try save(arm) } else { arm.leaveMemory() }
        return true
    }
}
