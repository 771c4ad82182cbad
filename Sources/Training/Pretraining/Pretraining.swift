internal import Adapters
internal import Datasets
package import Foundation
internal import Models
internal import Platform
internal import Tensors
internal import Tokenizers

/// Makes a base model from nothing, resumably.
///
/// The output folder ends as a Hugging Face model folder: `config.json`, `model.safetensors`,
/// `tokenizer.json`, and `pretraining.csv` with the loss curve.
package struct Pretraining {
    private let plan: PretrainingPlan
    private let folder: URL
    private let trainer: Trainer
    private let checkpoint: ReplacedFolder
    private let curve: LossCurve

    private static let stepsPerCheckpoint = 250

    /// Prepares the data and, if the folder holds an unfinished attempt, continues it.
    ///
    /// - Throws: What reading, tokenising and allocating throw.
    package init(_ plan: PretrainingPlan, folder: URL) throws {
        self.plan = plan
        self.folder = folder
        checkpoint = ReplacedFolder(folder.appending(path: "checkpoint"))
        curve = LossCurve(folder.appending(path: "pretraining.csv"))
        try Folder.create(folder)
        let tokenizer = try plan.makeTokenizer()
        try tokenizer.save(toFolder: folder)
        var random = SeededRandom(seed: plan.seed)
        let model = try Transformer.initialised(plan.model, using: &random)
        trainer = try Trainer(
            FineTunedModel(model: model, trainable: model.parameters),
            examples: try plan.makeExamples(tokenizer), batchSize: plan.batchSize,
            settings: TrainingSettings(
                learningRate: plan.learningRate,
                schedule: LearningRateSchedule(
                    shape: .cosine, warmupSteps: plan.warmupSteps, totalSteps: plan.steps),
                optimizer: OptimizerSettings(beta2: 0.95, weightDecay: 0.1), seed: plan.seed),
            arena: Arena())
        if try checkpoint.recover() { try Checkpoint.restore(trainer, from: checkpoint.url) }
    }

    /// Trains to the end of the plan.
    ///
    /// - Parameter report: Called after every step; returning false stops, to be resumed later.
    /// - Returns: Whether the plan is finished.
    /// - Throws: What writing throws.
    package func run(_ report: (StepReport) -> Bool) throws -> Bool {
        try curve.cut(after: trainer.step)
        while !trainer.isFinished {
            let step = trainer.trainStep()
            let goesOn = report(step)
            if step.step % 10 == 0 || trainer.isFinished {
                try curve.append(step: step.step, loss: step.loss)
            }
            if !goesOn || step.step % Self.stepsPerCheckpoint == 0 {
                try checkpoint.replace { try Checkpoint.write(trainer, to: $0) }
            }
            if !goesOn { return false }
        }
        try trainer.tuned.model.save(toFolder: folder)
        try checkpoint.remove()
        return true
    }
}
