internal import Adapters
internal import Datasets
package import Foundation
internal import Models
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

    private static let stepsPerCheckpoint = 250
    private var checkpointFolder: URL { folder.appending(path: "checkpoint") }
    private var curveFile: URL { folder.appending(path: "pretraining.csv") }

    /// Prepares the data and, if the folder holds an unfinished attempt, continues it.
    ///
    /// - Throws: What reading, tokenising and allocating throw.
    package init(_ plan: PretrainingPlan, folder: URL) throws {
        self.plan = plan
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
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
        if FileManager.default.fileExists(atPath: checkpointFolder.path) {
            try Checkpoint.restore(trainer, from: checkpointFolder)
        }
    }

    /// Trains to the end of the plan.
    ///
    /// - Parameter report: Called after every step; returning false stops, to be resumed later.
    /// - Returns: Whether the plan is finished.
    /// - Throws: What writing throws.
    package func run(_ report: (StepReport) -> Bool) throws -> Bool {
        while !trainer.isFinished {
            let step = trainer.trainStep()
            let goesOn = report(step)
            if step.step % 10 == 0 || trainer.isFinished { try appendToCurve(step) }
            if !goesOn || step.step % Self.stepsPerCheckpoint == 0 { try checkpoint() }
            if !goesOn { return false }
        }
        try trainer.tuned.model.save(toFolder: folder)
        try? FileManager.default.removeItem(at: checkpointFolder)
        return true
    }

    private func checkpoint() throws {
        let files = FileManager.default
        let partial = folder.appending(path: "checkpoint.partial")
        try? files.removeItem(at: partial)
        try files.createDirectory(at: partial, withIntermediateDirectories: true)
        try Checkpoint.write(trainer, to: partial)
        try? files.removeItem(at: checkpointFolder)
        try files.moveItem(at: partial, to: checkpointFolder)
    }

    private func appendToCurve(_ report: StepReport) throws {
        var text = (try? String(contentsOf: curveFile, encoding: .utf8)) ?? "step,loss\n"
        let kept = text.split(separator: "\n").filter { line in
            line.split(separator: ",").first.flatMap { Int($0) }.map { $0 < report.step } ?? true
        }
        text = kept.joined(separator: "\n") + "\n\(report.step),\(report.loss)\n"
        try text.write(to: curveFile, atomically: true, encoding: .utf8)
    }
}
