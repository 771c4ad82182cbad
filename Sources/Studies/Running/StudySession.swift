internal import Foundation
internal import RunEvents
internal import Tensors
internal import Training

/// The state of a study while it runs, and whose turn it is.
struct StudySession {
    let prepared: PreparedStudy
    let journal: RunJournal
    let keeper: CheckpointKeeper
    let memory: TrajectoryMemory
    let stop: StopToken
    let desk: CommandDesk
    var evaluation: ArmEvaluation
    let arms: [ArmRun]
    /// What commands want of arms that have to be measured for it, in order.
    var toMeasure: [CommandDesk.Task] = []

    var study: Study { prepared.study }

    // MARK: - Turns

    mutating func trainArms() throws -> RunOutcome {
        let divergedBefore = diverged
        while true {
            let isLeftAlone = desk.intake.isClosed
            if let outcome = try attendToUser() { return outcome }
            if let outcome = ending(by: diverged.subtracting(divergedBefore)) { return outcome }
            guard let arm = nextArm() else {
                if arms.allSatisfy(\.state.isFinal) { return finalOutcome }
                if isLeftAlone { return try leavePaused() }
                desk.intake.hurry(at: journal.position.moment)
                journal.paused { Thread.sleep(forTimeInterval: 0.05) }
                continue
            }
            try memory.prepareTurn(of: arm) { inOrderOfTurns }
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
        arms.first { $0.state == .training }
            ?? arms.filter(\.canTrain).min { turn($0) < turn($1) }
    }

    private func turn(_ arm: ArmRun) -> (Int, Int) {
        (arm.settings.round, study.evaluation.slices(by: arm.step))
    }

    /// All arms by their next turns; those that have none come last.
    private var inOrderOfTurns: [ArmRun] {
        let (going, others) = (arms.filter(\.canTrain), arms.filter { !$0.canTrain })
        return going.enumerated().sorted { left, right in
            let (one, other) = (turn(left.element), turn(right.element))
            return (one.0, one.1, left.offset) < (other.0, other.1, right.offset)
        }.map(\.element) + others
    }

    /// What trains an arm, which comes into memory for it.
    func trainer(of arm: ArmRun) throws -> Trainer {
        try memory.trainer(of: arm) { inOrderOfTurns }
    }

    // MARK: - A slice

    /// Trains an arm to its next evaluation point; returns an outcome if the run ends.
    private mutating func trainSlice(of arm: ArmRun) throws -> RunOutcome? {
        // An arm that has no step left is at the end of its last slice.
        let end =
            isEvaluationDue(arm)
            ? arm.step
            : max(arm.step, min(study.evaluation.point(after: arm.step), arm.settings.steps))
        var slice = (tokens: 0, seconds: 0.0)
        while arm.step < end && arm.state == .training {
            let report = try trainer(of: arm).trainStep()
            slice.tokens += report.tokens
            slice.seconds += report.seconds
            try tell(report, of: arm, speed: Double(slice.tokens) / slice.seconds)
            guard report.isFinite else {
                try diverge(arm, "the loss or a gradient is not finite")
                return nil
            }
            if arm.step < end, let outcome = try attendToUser() { return outcome }
        }
        guard arm.step == end && arm.state == .training else { return nil }
        if slice.tokens > 0 {
            let speed = Double(slice.tokens) / slice.seconds
            try journal.emit(
                .observed(arm.observation(MetricDefinition.tokensPerSecond.key(), speed)))
        }
        while try arm.evaluatedStep != arm.step && !evaluate(arm) {
            if let outcome = try attendToUser() { return outcome }
            // One that no longer trains is measured in its next turn, if it has one.
            guard arm.state == .training else { return nil }
        }
        memory.didTrain(arm)
        if arm.state == .diverged { return nil }
        if arm.step >= arm.settings.steps {
            while try !evaluateAtEnd(arm) {
                if let outcome = try attendToUser() { return outcome }
                guard arm.state == .training else { return nil }
            }
            try arm.enter(.finished, journal)
        }
        try save(arm)
        return nil
    }

    /// Whether an arm stands at the end of a slice whose evaluation was broken off.
    private func isEvaluationDue(_ arm: ArmRun) -> Bool {
        arm.step > 0 && arm.evaluatedStep != arm.step && study.evaluation.isPoint(arm.step)
    }

    private func tell(_ report: StepReport, of arm: ArmRun, speed: Double) throws {
        for measure in StepMeasure.all {
            try journal.emit(
                .observed(arm.observation(measure.definition.key(), measure.value(report))))
        }
        try journal.report(
            Progress(arm: arm.name, phase: .training, step: arm.step, tokensPerSecond: speed))
    }

    /// Measures an arm; one whose weights are no longer finite ends instead.
    ///
    /// - Returns: False if that was broken off for what the user wants first; nothing is recorded of it.
    func evaluate(_ arm: ArmRun) throws -> Bool {
        guard try canGoOn(arm) else {
            try save(arm)
            return true
        }
        let before = arm.state
        try arm.enter(.evaluating, journal)
        let isMeasured = try evaluation.evaluate(arm, try trainer(of: arm), journal)
        try arm.enter(before, journal)
        if isMeasured { try heedBudget(arm) }
        return isMeasured
    }

    /// Measures an arm that is about to end on the items of ends, if the study has some.
    ///
    /// - Returns: False if that was broken off for what the user wants first; nothing is recorded of it.
    func evaluateAtEnd(_ arm: ArmRun) throws -> Bool {
        guard evaluation.hasFinalItems else { return true }
        let before = arm.state
        try arm.enter(.evaluating, journal)
        let isMeasured = try evaluation.evaluateAtEnd(arm, try trainer(of: arm), journal)
        try arm.enter(before, journal)
        return isMeasured
    }

    /// Saves an arm; one that has ended leaves memory then.
    func save(_ arm: ArmRun) throws {
        if arm.checkpointStep != arm.step {
            _ = try canGoOn(arm)
            try keeper.save(arm, try trainer(of: arm), among: arms, journal)
        }
        if arm.state.isFinal { arm.leaveMemory() }
    }

    // MARK: - Divergence

    /// Whether an arm's weights are finite; one that is not done ends if they are not, for nothing could
    /// go on from its checkpoint.
    private func canGoOn(_ arm: ArmRun) throws -> Bool {
        if try arm.state.isFinal || trainer(of: arm).isFinite { return true }
        try tellDivergence(of: arm, "the weights are not finite")
        return false
    }

    /// An arm's numbers are no longer finite: it ends.
    private func diverge(_ arm: ArmRun, _ what: String) throws {
        try tellDivergence(of: arm, what)
        try save(arm)
    }

    private func tellDivergence(of arm: ArmRun, _ what: String) throws {
        try journal.emit(
            .notice(
                Notice(
                    level: .alert, arm: arm.name, step: arm.step,
                    text: what + "; the arm ends here. "
                        + "Use a lower learning rate or a longer warm-up")))
        try arm.enter(.diverged, journal)
    }

    private var diverged: Set<String> {
        Set(arms.filter { $0.state == .diverged }.map(\.name))
    }

    /// How the run ends when arms have diverged, whatever found it out; nil if the others go on.
    private func ending(by diverged: Set<String>) -> RunOutcome? {
        guard study.onDivergence == .stopRun, !diverged.isEmpty else { return nil }
        return .diverged(arm: diverged.sorted().joined(separator: ", "))
    }
}
