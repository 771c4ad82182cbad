import Adapters
import Models
import TestSupport
import Tensors
import Testing
import Training

@Suite struct ArmMemoryTests {
    @Test("an arm's memory is its own weights, its optimiser's buffers and its largest step")
    func parts() throws {
        let arena = Arena()
        let base = try smallModel(deviation: 0.1)
        let (full, lora) = try (
            trainer(FullFineTuning(), on: base, arena),
            trainer(LoRA(rank: 2, alpha: 4), on: base, arena)
        )
        let counts = (full.tuned.trainableCount, lora.tuned.trainableCount)
        #expect(counts.0 == base.parameters.reduce(0) { $0 + $1.count })
        // A weight and two moments each.
        #expect(full.bytes(beside: base) == 4 * 3 * counts.0)
        #expect(lora.bytes(beside: base) == 4 * 3 * counts.1)
        for _ in 0..<3 { _ = full.trainStep() }
        for _ in 0..<3 { _ = lora.trainStep() }
        #expect(full.bytes(beside: base) == 4 * 3 * counts.0 + full.stepBytes)
        #expect(lora.bytes(beside: base) == 4 * 3 * counts.1 + lora.stepBytes)
        #expect(full.stepBytes > 0 && lora.stepBytes > 0)
        #expect(full.stepBytes <= 4 * arena.highWater)
    }

    @Test("an arm does not inherit what another needed of the same memory")
    func alone() throws {
        let (shared, own) = (Arena(), Arena())
        let base = try smallModel(deviation: 0.1)
        let full = try trainer(FullFineTuning(), on: base, shared)
        let beside = try trainer(LoRA(rank: 2, alpha: 4), on: base, shared)
        let alone = try trainer(LoRA(rank: 2, alpha: 4), on: base, own)
        for _ in 0..<2 {
            _ = full.trainStep()
            _ = beside.trainStep()
            _ = alone.trainStep()
        }
        #expect(beside.stepBytes == alone.stepBytes)
    }

    private func trainer(
        _ method: some FineTuningMethod, on base: Transformer, _ arena: Arena
    ) throws -> Trainer {
        var generator = SmallGenerator(state: 8)
        return try Trainer(
            try method.attach(to: base, using: &generator), examples: patternExamples, batchSize: 4,
            settings: steadySettings, arena: arena)
    }
}
