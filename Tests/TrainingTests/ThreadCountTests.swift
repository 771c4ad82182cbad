import Adapters
import Datasets
import Kernels
import Models
import TestSupport
import Tensors
import Testing
import Training

@Suite struct ThreadCountTests {
    /// Wide enough that every product, norm and loss of a step is split over the threads.
    private static let configuration = ModelConfiguration(
        hiddenSize: 128, intermediateSize: 320, layerCount: 2, headCount: 4, kvHeadCount: 2,
        vocabularySize: 700, maxSequenceLength: 64)

    private func trained(
        _ method: some FineTuningMethod, threads: Int
    ) throws -> (losses: [Double], state: [[UInt32]]) {
        try Workers.limited(to: threads) {
            var generator = SmallGenerator(state: 4)
            let base = try Transformer.initialised(Self.configuration, using: &generator)
            let examples = (0..<16).map { _ in
                TokenizedExample(
                    text: (0..<60).map { _ in Int32.random(in: 0..<700, using: &generator) },
                    byteCount: 60)
            }
            let trainer = try Trainer(
                try method.attach(to: base, using: &generator), examples: examples, batchSize: 8,
                settings: steadySettings, arena: Arena())
            let losses = (0..<3).map { _ in trainer.trainStep().loss }
            return (losses, state(of: trainer))
        }
    }

    @Test(
        "whole steps give the same bits on one, two and three threads",
        arguments: [
            FullFineTuning() as any FineTuningMethod,
            LoRA(rank: 16, alpha: 32, dropout: 0.1), DoRA(LoRA(rank: 16, alpha: 32)),
            MoRA(rank: 16, kind: .rotation), VeRA(rank: 64),
        ])
    func sameBits(method: any FineTuningMethod) throws {
        let alone = try trained(method, threads: 1)
        for threads in [2, 3] {
            let together = try trained(method, threads: threads)
            #expect(together.losses == alone.losses)
            #expect(together.state == alone.state)
        }
    }
}
