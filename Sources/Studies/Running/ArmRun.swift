internal import Adapters
internal import Bases
internal import Datasets
internal import Foundation
internal import RunEvents
internal import Tensors
internal import Training

/// One trajectory while the study runs.
final class ArmRun {
    let name: String
    let settings: Study.Trajectory
    let trainer: Trainer
    private(set) var state = ArmState.waiting
    /// The step of the newest evaluation and of the newest checkpoint; -1 before the first.
    var evaluatedStep = -1
    var checkpointStep = -1
    /// Seconds spent on evaluating the arm.
    var evaluationSeconds = 0.0

    init(_ settings: Study.Trajectory, prepared: PreparedStudy, arena: Arena) throws {
        name = settings.id
        self.settings = settings
        var random = SeededRandom(seed: settings.seed)
        let tuned = try settings.arm.fineTuning(at: settings.learningRate).attach(
            to: prepared.base.model, using: &random)
        trainer = try Trainer(
            tuned, examples: prepared.training[settings.arm.lossMask],
            batchSize: prepared.study.training.batchSize,
            settings: prepared.study.trainingSettings(for: settings), arena: arena)
    }

    var step: Int { trainer.step }
    var seconds: Double { trainer.seconds + evaluationSeconds }

    /// Whether a turn of training can be given to the arm.
    var canTrain: Bool { !state.isFinal && state != .paused }

    /// Changes the state and tells it.
    func enter(_ new: ArmState, _ journal: RunJournal) throws {
        guard new != state else { return }
        state = new
        try journal.emit(.armChanged(arm: name, state: new, step: step))
    }

    /// Takes up, silently, where an interrupted run left the arm.
    ///
    /// - Parameters:
    ///   - point: Where the run's log says that it stood.
    ///   - checkpoints: Where its state is.
    ///   - evaluation: Where slices end; an arm that stood at the end of one waits for its next turn.
    /// - Throws: `StoredStateError`, `CheckpointError`, an error of the store.
    func restore(
        _ point: Continuation.Arm, from checkpoints: any CheckpointStore,
        _ evaluation: Study.Evaluation
    ) throws {
        if point.state == .finished, point.checkpoint != settings.steps {
            throw StoredStateError.notFinished(
                arm: name, step: point.checkpoint ?? 0, planned: settings.steps)
        }
        if let step = point.checkpoint {
            try Checkpoint.restore(
                trainer, from: try checkpoints.folder(arm: name, step: step),
                expecting: Checkpoint.Expectation(
                    step: step, learningRate: point.learningRate,
                    isDiverged: point.state == .diverged))
            checkpointStep = step
        }
        evaluationSeconds = max(0, point.seconds - trainer.seconds)
        evaluatedStep = point.evaluatedStep
        let isInSlice = point.state == .training && !evaluation.isPoint(step)
        state = point.state == .training && !isInSlice ? .waiting : point.state
    }

    /// An observation of this arm at its present step.
    func observation(
        _ kind: ObservationKind, _ metric: String, _ value: Double, task: String = "",
        error: Double? = nil, count: Int? = nil
    ) -> Observation {
        Observation(
            arm: name, step: step, tokens: trainer.tokens, seconds: seconds, kind: kind, task: task,
            metric: metric, value: value, error: error, count: count)
    }

    /// What observers are told of the arm before it starts.
    func identity(in study: Study, totalParameters: Int, examples: Int) -> ArmIdentity {
        ArmIdentity(
            name: name, method: settings.arm.method.name.rawValue,
            rank: settings.arm.method.rank, seed: settings.seed, plannedSteps: settings.steps,
            learningRate: settings.learningRate,
            trainableParameters: trainer.tuned.trainableCount, totalParameters: totalParameters,
            optimizer: settings.arm.optimizer.description,
            settings: study.settings(of: settings.arm, examples: examples),
            studyArm: settings.arm.name)
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

extension Study {
    func trainingSettings(for trajectory: Trajectory) -> TrainingSettings {
        let optimizer = trajectory.arm.optimizer
        return TrainingSettings(
            learningRate: trajectory.learningRate,
            schedule: LearningRateSchedule(
                shape: optimizer.isScheduleFree ? .constant : training.schedule,
                warmupSteps: training.warmupSteps, totalSteps: trajectory.steps),
            gradientClip: training.gradientClip ?? 0, optimizer: optimizer, seed: trajectory.seed)
    }
}
