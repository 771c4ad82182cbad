internal import Foundation
internal import RunEvents
internal import Verdicts

/// What a session does because somebody asked for it.
extension StudySession {
    /// Applies what was asked since the last step; returns an outcome if the run is to end.
    mutating func attendToUser() throws -> RunOutcome? {
        if stop.request == .abandon { throw RunAbandoned() }
        var quits = stop.request != .none
        while let tasks = try desk.applyNext(to: arms, journal) {
            for task in tasks {
                switch task {
                case .quit: quits = true
                case .checkpoint(let name): try arm(name).map(save)
                case .evaluate(let name): try arm(name).map(evaluateOutOfTurn)
                case .stop(let name): try arm(name).map(finishEarly)
                }
            }
        }
        return quits ? try interrupt() : nil
    }

    /// Measures an arm between two points of its way, and saves it there if the study's budget asks for
    /// that.
    private func evaluateOutOfTurn(_ arm: ArmRun) throws {
        try evaluate(arm)
        guard arm.step > 0, !arm.state.isFinal, journal.budget?.step(of: arm.name) == arm.step
        else { return }
        try save(arm)
    }

    private func interrupt() throws -> RunOutcome {
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

    private func finishEarly(_ arm: ArmRun) throws {
        if arm.evaluatedStep != arm.step { try evaluate(arm) }
        guard !arm.state.isFinal else { return }
        try arm.enter(.stopped, journal)
        if arm.step > 0 { try save(arm) } else { arm.leaveMemory() }
    }
}
