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

    /// Steps before the clock counts: the arena finds its size in the first two.
    private static let warmUpSteps = 3
    private static let rowsOfText = 64

    private var tokens: Int { batchSize * sequenceLength }

    /// - Throws: `TensorError.outOfMemory`.
    func run() throws -> BenchmarkReport {
        let arena = Arena()
        let trainer = try makeTrainer(arena)
        for _ in 0..<Self.warmUpSteps { _ = trainer.trainStep() }
        let (faults, flops) = (PageFaults.bytes, trainer.flops)
        let times = (0..<steps).map { _ in trainer.trainStep().seconds }.sorted()
        let fresh = (PageFaults.bytes - faults) / steps
        let stepFlops = (trainer.flops - flops) / Double(steps)
        var report = description(trainer)
        let seconds = times[steps / 2]
        report.add("seconds_per_step", "seconds a step", .number(seconds, digits: 4))
        report.add(
            "tokens_per_second", "tokens/s", .number(Double(tokens) / seconds, digits: 0))
        report.add("gigaflops", "GFLOP/s", .number(stepFlops / seconds / 1e9, digits: 1))
        report.add("peak_bytes", "peak memory", .bytes(Memory.peakResidentBytes))
        report.add("fresh_bytes_per_step", "fresh memory a step", .bytes(fresh))
        addFloor(to: &report, seconds: seconds)
        return report
    }

    private func makeTrainer(_ arena: Arena) throws -> Trainer {
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
            arena: arena)
    }

    private func description(_ trainer: Trainer) -> BenchmarkReport {
        var report = BenchmarkReport.ofThisMachine
        report.add("parameters", "parameters", .count(model.configuration.parameterCount))
        report.add("method", "method", .text(method.name))
        if let rank = method.displayedRank { report.add("rank", "rank", .count(rank)) }
        report.add("trainable", "trainable", .count(trainer.tuned.trainableCount))
        report.add("batch_size", "batch size", .count(batchSize))
        report.add("sequence_length", "sequence length", .count(sequenceLength))
        report.add("steps", "steps timed", .count(steps))
        return report
    }

    /// What the step would take if it were nothing but its matrix products.
    private func addFloor(to report: inout BenchmarkReport, seconds: Double) {
        let timer = ProductTimer(
            TrainingProducts(
                model.configuration, tokens: tokens, rank: method.displayedRank
            ).list)
        let floor = timer.medianSeconds(runs: max(3, min(steps, 5)))
        report.add(
            "floor_tokens_per_second", "products alone, tokens/s",
            .number(Double(tokens) / floor, digits: 0))
        report.add("share_of_floor", "share of that", .number(floor / seconds, digits: 3))
    }
}
