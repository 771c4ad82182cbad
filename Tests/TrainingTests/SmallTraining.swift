import Adapters
import Datasets
import Models
import TestSupport
import Tensors
import Training

/// Texts that repeat patterns of three tokens.
let patternExamples: [TokenizedExample] = (0..<6).map { index in
    let pattern: [Int32] = [Int32(index), Int32(index + 7), Int32(index + 14)]
    return TokenizedExample(text: (0..<12 + index).map { pattern[$0 % 3] }, byteCount: 30)
}

let steadySettings = TrainingSettings(
    learningRate: 1e-2,
    schedule: LearningRateSchedule(shape: .cosine, warmupSteps: 3, totalSteps: 40), seed: 5)

/// A trainer of a new small model; the same arguments give the same trainer.
func smallTrainer(
    _ method: some FineTuningMethod = FullFineTuning(),
    settings: TrainingSettings = steadySettings, arena: Arena = Arena()
) throws -> Trainer {
    var generator = SmallGenerator(state: 8)
    let base = try smallModel(deviation: 0.1)
    return try Trainer(
        try method.attach(to: base, using: &generator), examples: patternExamples, batchSize: 4,
        settings: settings, arena: arena)
}

/// The bits of everything that is trained, the optimiser's buffers included.
func state(of trainer: Trainer) -> [[UInt32]] {
    let buffers = trainer.optimizer.buffers.flatMap(\.storages)
    return (trainer.tuned.trainable.map(\.storage) + buffers).map {
        $0.buffer.map(\.bitPattern)
    }
}
