import Adapters
import Datasets
import Models
import TestSupport
import Tensors
import Testing
import Training

/// What is told of an arm's memory before it is made, against what it then takes.
@Suite struct ArmMemoryEstimateTests {
    private static let lora = LoRA(rank: 3, alpha: 6)
    private static let restarts = Restarts(everySteps: 5, warmupSteps: 2)

    private static let methods: [any FineTuningMethod] = [
        FullFineTuning(), FullFineTuning(parts: [.norms, .mlp, .embeddings], lastLayers: 1),
        FullFineTuning(parts: [.norms]), FullFineTuning(lastLayers: 1), lora,
        LoRA(rank: 3, alpha: 6, dropout: 0.2), LoRA(rank: 2, alpha: 6, targets: [.qkv, .q, .v]),
        AsymmetricLoRA(lora), DoRA(lora), DoRA(LoRA(rank: 3, alpha: 6, dropout: 0.2)),
        SpectralLoRA(LoRA(rank: 3, alpha: 3), part: .pissa), VeRA(rank: 9),
        VeRA(rank: 9, dropout: 0.2), ReLoRA(lora, restarts: restarts),
        MoRA(rank: 3), MoRA(rank: 3, kind: .sharing, dropout: 0.2), MoRA(rank: 3, kind: .decouple),
        TrainedTables(lora, tables: [.embedding]), TrainedTables(lora, tables: [.head]),
        NEFTune(lora, alpha: 5),
    ]

    /// Sequences of 12 rows, all of which carry loss.
    private static let examples = (0..<4).map { index in
        TokenizedExample(text: (0..<13).map { Int32(($0 * 3 + index) % 23) }, byteCount: 30)
    }

    @Test("the bytes of a step are those of its rehearsal", arguments: SmallFamilies.names)
    func everyMethod(family: String) throws {
        let base = try SmallFamilies.model(family)
        for (index, method) in Self.methods.enumerated() {
            guard method.problems(for: base.configuration).isEmpty else { continue }
            var generator = SmallGenerator(state: 3)
            let trainer = try Trainer(
                try method.attach(to: base, using: &generator), examples: Self.examples,
                batchSize: 3, settings: steadySettings, arena: Arena())
            _ = trainer.trainStep()
            let memory = ArmMemory(
                of: method, on: base.configuration, batchSize: 3, sequenceLength: 12)
            #expect(memory.step == trainer.stepBytes, "\(family), method \(index) \(method.name)")
            // Where the pair began is in no file.
            let start = method is SpectralLoRA ? method.trainableCount(for: base.configuration) : 0
            #expect(
                memory.bytes == trainer.bytes(beside: base) + 4 * start,
                "\(family), method \(index) \(method.name)")
        }
    }

    @Test(
        "an optimiser keeps as many numbers as it says",
        arguments: OptimizerSettings.Kind.allCases)
    func buffers(kind: OptimizerSettings.Kind) throws {
        let settings = OptimizerSettings(kind)
        let optimizer = try settings.optimizer(of: [
            Parameter("w", rows: 2, columns: 3, isTrainable: true)
        ])
        #expect(optimizer.buffers.count == settings.bufferCount)
    }

    @Test("a step of more tokens, or with less of them in the loss, takes accordingly")
    func sizes() throws {
        let configuration = try SmallFamilies.configuration("llama")
        func step(_ batch: Int, _ length: Int, loss: Int? = nil) -> Int {
            ArmMemory(
                of: Self.lora, on: configuration, batchSize: batch, sequenceLength: length,
                lossRows: loss
            ).step
        }
        #expect(step(4, 32) > step(2, 32) && step(2, 32) > step(2, 16))
        #expect(step(4, 32, loss: 10) < step(4, 32))
    }
}
