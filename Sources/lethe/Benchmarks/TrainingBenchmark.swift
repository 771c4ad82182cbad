import Adapters
import Datasets
import Kernels
import Models
import Tensors
import Training

/// Times training steps on random tokens.
struct TrainingBenchmark {
    let model: Transformer
    let method: any FineTuningMethod
    let batchSize: Int
    let sequenceLength: Int
    let steps: Int

    /// Steps before the clock counts: in the first ones memory is touched for the first time.
    private static let warmUpSteps = 2
    private static let rowsOfText = 64
    private static let floorRuns = 3

    private var tokens: Int { batchSize * sequenceLength }

    /// - Throws: `TensorError.outOfMemory`.
    func run() throws -> TrainingMeasurement {
        Memory.resetPeak()
        let trainer = try makeTrainer()
        for _ in 0..<Self.warmUpSteps { _ = trainer.trainStep() }
        let (freshBefore, flops) = (Memory.freshBytes, trainer.flops)
        let reports = (0..<steps).map { _ in trainer.trainStep() }
        let (fresh, peak) = (Memory.freshBytes - freshBefore, Memory.peakResidentBytes)
        let stepFlops = (trainer.flops - flops) / Double(steps)
        func median(_ value: (StepReport) -> Double) -> Double {
            reports.map(value).sorted()[steps / 2]
        }
        return TrainingMeasurement(
            method: method.name, rank: method.displayedRank,
            trainable: trainer.tuned.trainableCount, batch: batchSize, sequence: sequenceLength,
            threads: Workers.count, seconds: median(\.seconds), floorSeconds: floorSeconds,
            forward: median(\.phases.forward), backward: median(\.phases.backward),
            optimizer: median(\.phases.optimizer),
            flops: stepFlops, peakBytes: peak, freshBytes: fresh / steps)
    }

    private func makeTrainer() throws -> Trainer {
        var random = SeededRandom(seed: 0)
        let vocabulary = model.configuration.vocabularySize
        let examples = (0..<Self.rowsOfText).map { _ in
            TokenizedExample(
                text: (0...sequenceLength).map { _ in Int32(random.uniform(below: vocabulary)) },
                byteCount: 1)
        }
        return try Trainer(
            try method.attach(to: model, using: &random), examples: examples,
            batchSize: batchSize,
            settings: TrainingSettings(
                learningRate: 1e-4,
                schedule: LearningRateSchedule(
                    shape: .constant, warmupSteps: 0, totalSteps: Self.warmUpSteps + steps)),
            arena: Arena())
    }

    /// What a step would take if it were nothing but its matrix products.
    private var floorSeconds: Double? {
        TrainingProducts(model.configuration, tokens: tokens, method: method).map {
            ProductTimer($0.list).medianSeconds(runs: Self.floorRuns)
        }
    }
}
