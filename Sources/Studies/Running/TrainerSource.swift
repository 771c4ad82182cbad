internal import Adapters
internal import Bases
internal import Datasets
internal import Models
internal import Tensors
internal import Training

/// Makes what trains a trajectory: from its seed, or as a checkpoint has it.
struct TrainerSource {
    let prepared: PreparedStudy
    let arena: Arena
    let checkpoints: any CheckpointStore

    /// What trains the trajectory, at its beginning.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    func trainer(of settings: Study.Trajectory) throws -> Trainer {
        var random = SeededRandom(seed: settings.seed)
        let tuned = try settings.arm.fineTuning(at: settings.learningRate).attach(
            to: prepared.base.model, using: &random)
        return try Trainer(
            tuned, examples: prepared.training[settings.arm.lossMask],
            batchSize: prepared.study.training.batchSize,
            settings: prepared.study.trainingSettings(for: settings), arena: arena)
    }

    /// The same, at a step that was saved.
    ///
    /// - Throws: Also `CheckpointError`, an error of the store.
    func trainer(
        of settings: Study.Trajectory, expecting expected: Checkpoint.Expectation, step: Int
    ) throws -> Trainer {
        let trainer = try trainer(of: settings)
        try Checkpoint.restore(
            trainer, from: try checkpoints.folder(arm: settings.id, step: step),
            expecting: expected)
        return trainer
    }

    /// Numbers that a trajectory trains, without making it.
    func trainableCount(of settings: Study.Trajectory) -> Int {
        settings.arm.fineTuning.trainableCount(for: prepared.base.model.configuration)
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
