internal import Bases
internal import Foundation
internal import Models
internal import RunEvents
internal import Tensors
internal import Training

/// The state of a study while it runs.
struct StudySession {
    let prepared: PreparedStudy
    let journal: RunJournal
    let checkpoints: any CheckpointStore
    let stop: StopToken
    let desk: CommandDesk
    var evaluation: ArmEvaluation
    let arms: [ArmRun]

    var study: Study { prepared.study }

    /// A session of arms that have taken up what was stored of them.
    init(
        prepared: PreparedStudy, arms: [ArmRun], arena: Arena, journal: RunJournal,
        checkpoints: any CheckpointStore, stop: StopToken, desk: CommandDesk
    ) {
        self.prepared = prepared
        self.journal = journal
        self.checkpoints = checkpoints
        self.stop = stop
        self.desk = desk
        evaluation = ArmEvaluation(plan: prepared.evaluation, arena: arena, stop: stop)
        self.arms = arms
    }

    // MARK: - Turns

    mutating func trainArms() throws -> RunOutcome {
        while true {
            let isLeftAlone = desk.intake.isClosed
            if let outcome = try attendToUser() { return outcome }
            guard let arm = nextArm() else {
                if arms.allSatisfy(\.state.isFinal) { return finalOutcome }
                if isLeftAlone { return try leavePaused() }
                desk.intake.hurry(at: journal.position.moment)
                journal.paused { Thread.sleep(forTimeInterval: 0.05) }
                continue
            }
            try arm.enter(.training, journal)
            if let outcome = try trainSlice(of: arm) { return outcome }
            if arm.state == .training { try arm.enter(.waiting, journal) }
        }
    }

    /// A study that leaves nothing but diverged arms does not end like a good one.
    private var finalOutcome: RunOutcome {
        arms.allSatisfy { $0.state == .diverged }
            ? .diverged(arm: arms.map(\.name).joined(separator: ", ")) : .completed
    }

    /// The arm that an interruption found within a slice, else of the first seed that is not done
    /// the one that is furthest behind, counted in slices; the first among equals.
    private func nextArm() -> ArmRun? {
        func turn(_ arm: ArmRun) -> (Int, Int) {
            (arm.settings.round, study.evaluation.slices(by: arm.step))
        }
        return arms.first { $0.state == .training }
            ?? arms.filter(\.canTrain).min { turn($0) < turn($1) }
    }

    /// Trains an arm to its next evaluation point; returns an outcome if the run ends.
    private mutating func trainSlice(of arm: ArmRun) throws -> RunOutcome? {
        // An arm that has no step left is at the end of its last slice.
        let end = max(arm.step, min(study.evaluation.point(after: arm.step), arm.settings.steps))
        var slice = (tokens: 0, seconds: 0.0)
        while arm.step < end && arm.state == .training {
            let report = arm.trainer.trainStep()
            slice.tokens += report.tokens
            slice.seconds += report.seconds
            try tell(report, of: arm, speed: Double(slice.tokens) / slice.seconds)
            guard report.isFinite else { return try diverge(arm) }
            if arm.step < end, let outcome = try attendToUser() { return outcome }
        }
        guard arm.step == end && arm.state == .training else { return nil }
        if slice.tokens > 0 {
            try journal.emit(
                .observed(
                    arm.observation(
                        .cost, "tokens_per_second", Double(slice.tokens) / slice.seconds)))
        }
        try evaluate(arm)
        if arm.step >= arm.settings.steps { try arm.enter(.finished, journal) }
        let interval = study.checkpoints.every
        if arm.state.isFinal || arm.step / interval > max(0, arm.checkpointStep) / interval {
            try saveCheckpoint(of: arm)
        }
        return nil
    }

    private func tell(_ report: StepReport, of arm: ArmRun, speed: Double) throws {
        let values = [
            ("loss", report.loss), ("learning_rate", report.learningRate),
            ("gradient_norm", report.gradientNorm),
        ]
        for (metric, value) in values {
            try journal.emit(.observed(arm.observation(.train, metric, value)))
        }
        try journal.report(
            Progress(arm: arm.name, phase: .training, step: arm.step, tokensPerSecond: speed))
    }

    private func evaluate(_ arm: ArmRun) throws {
        let before = arm.state
        try arm.enter(.evaluating, journal)
        try evaluation.evaluate(arm, journal)
        try arm.enter(before, journal)
    }

    private func saveCheckpoint(of arm: ArmRun) throws {
        guard arm.checkpointStep != arm.step else { return }
        let saved = try checkpoints.save(arm: arm.name, step: arm.step) { folder in
            try Checkpoint.write(arm.trainer, to: folder)
        }
        arm.checkpointStep = arm.step
        try journal.emit(
            .checkpointSaved(
                arm: arm.name, step: arm.step, path: saved.path, bytes: saved.bytes))
        try removeOldCheckpoints()
    }

    /// Older checkpoints go only when every arm stands at its newest one: until then a run that is
    /// interrupted has to go on from them.
    private func removeOldCheckpoints() throws {
        guard arms.allSatisfy({ $0.step == max(0, $0.checkpointStep) }) else { return }
        for arm in arms { try checkpoints.removeOlder(arm: arm.name) }
    }

    /// An arm's numbers are no longer finite: it ends, and with it the run if that is the policy.
    private func diverge(_ arm: ArmRun) throws -> RunOutcome? {
        try journal.emit(
            .notice(
                Notice(
                    level: .alert, arm: arm.name, step: arm.step,
                    text: "the loss or a gradient is not finite; the arm ends here. "
                        + "Use a lower learning rate or a longer warm-up")))
        try arm.enter(.diverged, journal)
        try saveCheckpoint(of: arm)
        return study.onDivergence == .stopRun ? .diverged(arm: arm.name) : nil
    }

    // MARK: - The user

    /// Applies what was asked since the last step; returns an outcome if the run is to end.
    private mutating func attendToUser() throws -> RunOutcome? {
        if stop.request == .abandon { throw RunAbandoned() }
        var quits = stop.request != .none
        while let tasks = try desk.applyNext(to: arms, journal) {
            for task in tasks {
                switch task {
                case .quit: quits = true
                case .checkpoint(let name): try arm(name).map(saveCheckpoint)
                case .evaluate(let name): try arm(name).map(evaluate)
                case .stop(let name): try arm(name).map(finishEarly)
                }
            }
        }
        return quits ? try interrupt() : nil
    }

    private func interrupt() throws -> RunOutcome {
        for arm in arms where arm.step > 0 { try saveCheckpoint(of: arm) }
        return .interrupted
    }

    /// Only paused arms are left, and nobody can tell them to go on.
    private func leavePaused() throws -> RunOutcome {
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
        try arm.enter(.stopped, journal)
        if arm.step > 0 { try saveCheckpoint(of: arm) }
    }
}
