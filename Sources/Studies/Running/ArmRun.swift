internal import RunEvents
internal import Training

/// One trajectory while the study runs.
final class ArmRun {
    /// Where its training stands.
    private struct Standing {
        var step = 0
        var tokens = 0
        var seconds = 0.0
        var flops = 0.0
        /// The peak of the learning rate; nil for the study's.
        var learningRate: Double?
    }

    let name: String
    let settings: Study.Trajectory
    let trainableCount: Int
    private(set) var state = ArmState.waiting
    /// The step of the newest evaluation and of the newest checkpoint; -1 before the first.
    var evaluatedStep = -1
    private(set) var checkpointStep = -1
    /// Seconds spent on evaluating the arm.
    var evaluationSeconds = 0.0
    /// What trains it; nil while it is not in memory.
    private(set) var trainer: Trainer?
    /// Where it stood when it left memory.
    private var left = Standing()
    /// The peak of the learning rate in the newest checkpoint; nil for the study's.
    private var savedLearningRate: Double?

    init(_ settings: Study.Trajectory, trainableCount: Int) {
        name = settings.id
        self.settings = settings
        self.trainableCount = trainableCount
    }

    // MARK: - Standing

    private var standing: Standing {
        guard let trainer else { return left }
        return Standing(
            step: trainer.step, tokens: trainer.tokens, seconds: trainer.seconds,
            flops: trainer.flops, learningRate: trainer.learningRate)
    }

    var step: Int { trainer?.step ?? left.step }
    var seconds: Double { standing.seconds + evaluationSeconds }
    var flops: Double { standing.flops }

    /// Whether its newest checkpoint, or its seed alone, has all that it is.
    var isSaved: Bool { step == max(0, checkpointStep) }

    /// Whether a turn of training can be given to the arm.
    var canTrain: Bool { !state.isFinal && state != .paused }

    /// The peak of the learning rate becomes another.
    func setLearningRate(_ rate: Double) {
        trainer?.learningRate = rate
        left.learningRate = rate
    }

    /// Changes the state and tells it.
    func enter(_ new: ArmState, _ journal: RunJournal) throws {
        guard new != state else { return }
        state = new
        try journal.emit(.armChanged(arm: name, state: new, step: step))
    }

    /// Takes note that its present step is in a checkpoint.
    func didSave() {
        checkpointStep = step
        savedLearningRate = trainer?.learningRate
    }

    // MARK: - Memory

    /// Comes into memory, with the same bits as if it had never left.
    ///
    /// - Throws: `TensorError.outOfMemory`, `CheckpointError`, an error of the store.
    func enterMemory(from source: TrainerSource) throws -> Trainer {
        if let trainer { return trainer }
        let made: Trainer
        if left.step > 0 || checkpointStep == 0 {
            made = try source.trainer(
                of: settings,
                expecting: Checkpoint.Expectation(
                    step: left.step, learningRate: savedLearningRate,
                    isDiverged: state == .diverged),
                step: left.step)
        } else {
            made = try source.trainer(of: settings)
        }
        if let rate = left.learningRate { made.learningRate = rate }
        trainer = made
        return made
    }

    /// Leaves memory.
    ///
    /// - Precondition: `isSaved`.
    func leaveMemory() {
        precondition(isSaved, "\(name) at step \(step) would be lost")
        left = standing
        trainer = nil
    }

    /// Takes up, silently, where an interrupted run left the arm; its state comes into memory.
    ///
    /// - Parameters:
    ///   - point: Where the run's log says that it stood.
    ///   - evaluation: Where slices end; an arm that stood at the end of one, measured, waits for its
    ///     next turn.
    ///   - enter: Brings the arm into memory.
    /// - Throws: `StoredStateError`, `CheckpointError`, an error of the store.
    func restore(
        _ point: Continuation.Arm, _ evaluation: Study.Evaluation, enter: (ArmRun) throws -> Trainer
    ) throws {
        if point.state == .finished, point.checkpoint != settings.steps {
            throw StoredStateError.notFinished(
                arm: name, step: point.checkpoint ?? 0, planned: settings.steps)
        }
        state = point.state
        if let step = point.checkpoint {
            (left.step, checkpointStep, savedLearningRate) = (step, step, point.learningRate)
        }
        let trainer = try enter(self)
        evaluationSeconds = max(0, point.seconds - trainer.seconds)
        evaluatedStep = point.evaluatedStep
        let isMeasured = evaluatedStep == step && step < settings.steps
        if state == .training, evaluation.isPoint(step), isMeasured { state = .waiting }
    }

    // MARK: - Telling

    /// An observation of this arm at its present step.
    func observation(
        _ key: MeasureKey, _ value: Double, error: Double? = nil, count: Int? = nil
    ) -> Observation {
        let standing = standing
        return Observation(
            arm: name, step: standing.step, tokens: standing.tokens,
            seconds: standing.seconds + evaluationSeconds, kind: key.kind, task: key.task,
            metric: key.metric, value: value, error: error, count: count)
    }

    /// What observers are told of the arm before it starts.
    func identity(in study: Study, totalParameters: Int, examples: Int) -> ArmIdentity {
        ArmIdentity(
            name: name, method: settings.arm.method.name.rawValue,
            rank: settings.arm.method.rank, seed: settings.seed, plannedSteps: settings.steps,
            learningRate: settings.learningRate, trainableParameters: trainableCount,
            totalParameters: totalParameters, optimizer: settings.arm.optimizer.description,
            settings: study.settings(of: settings.arm, examples: examples),
            studyArm: settings.arm.name, course: study.rateCourse(of: settings.arm))
    }
}

/// What a log says of an arm that cannot be.
package enum StoredStateError: Error, Equatable, Sendable, CustomStringConvertible {
    case notFinished(arm: String, step: Int, planned: Int)

    package var description: String {
        switch self {
        case .notFinished(let arm, let step, let planned):
            "the log says that \(arm) finished, but its checkpoint is of step \(step) of the "
                + "\(planned) that are planned; restore the run's folder from a copy, or start a "
                + "new run"
        }
    }
}
