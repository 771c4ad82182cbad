import Adapters
import Models
import TestSupport
import Tensors
import Testing
import Training

/// What real optimiser steps do to each method's tensors.
@Suite struct MethodTrainingTests {
    static let methods: [any FineTuningMethod] = [
        FullFineTuning(), FullFineTuning(parts: [.attention, .norms], lastLayers: 1),
        LoRA(rank: 2, alpha: 4), LoRAPlus(LoRA(rank: 2, alpha: 4), ratio: 4),
        AsymmetricLoRA(LoRA(rank: 2, alpha: 4)),
        SpectralLoRA(LoRA(rank: 2, alpha: 2), part: .pissa),
        SpectralLoRA(LoRA(rank: 2, alpha: 2), part: .milora), DoRA(LoRA(rank: 2, alpha: 4)),
        VeRA(rank: 9), MoRA(rank: 2),
        NEFTune(TrainedTables(LoRA(rank: 2, alpha: 4), tables: [.embedding]), alpha: 5),
        TrainedTables(
            ReLoRA(LoRA(rank: 2, alpha: 4), restarts: Restarts(everySteps: 4, warmupSteps: 1)),
            tables: [.head]),
        ReMoRA(MoRA(rank: 2, kind: .sharing), restarts: Restarts(everySteps: 4, warmupSteps: 1)),
    ]

    @Test("the base and frozen tensors stay to the bit, all that is trained moves")
    func frozenTensors() throws {
        for method in Self.methods {
            let base = try smallModel(deviation: 0.1)
            let before = bits(base.parameters)
            let trainer = try trainer(method, on: base)
            let frozen = trainer.tuned.stored.filter { !$0.isTrainable }
            let frozenBefore = bits(frozen)
            let start = bits(trainer.tuned.trainable)
            for _ in 0..<3 { #expect(trainer.trainStep().isFinite) }
            #expect(bits(base.parameters) == before, "\(method.name)")
            #expect(bits(frozen) == frozenBefore, "\(method.name)")
            for (parameter, old) in zip(trainer.tuned.trainable, start) {
                #expect(bits([parameter]) != [old], "\(method.name): \(parameter.name)")
            }
        }
    }

    @Test("a checkpoint continues to the bit, whatever the method")
    func resuming() throws {
        for method in Self.methods {
            let (unbroken, stopped) = (try smallTrainer(method), try smallTrainer(method))
            let expected = (0..<7).map { _ in unbroken.trainStep().loss }
            for _ in 0..<5 { _ = stopped.trainStep() }
            let resumed = try smallTrainer(method)
            try withTemporaryFolder { folder in
                try Checkpoint.write(stopped, to: folder)
                try Checkpoint.restore(resumed, from: folder)
            }
            let losses = (5..<7).map { _ in resumed.trainStep().loss }
            #expect(losses == Array(expected.dropFirst(5)), "\(method.name)")
            #expect(state(of: resumed) == state(of: unbroken), "\(method.name)")
        }
    }

    /// Schulman and others 2025: with Adam and ε = 0 the scales of LoRA have two degrees of freedom
    /// only.
    @Test("alpha / (p·q), p·A, p times A's rate and q times B's rate train alike")
    func invariance() throws {
        let (p, q) = (2.0, 8.0)
        let plain = try scaledTrainer(alpha: 6, rateA: 1, rateB: 1)
        let scaled = try scaledTrainer(alpha: 6 / (p * q), rateA: p, rateB: q)
        let other = try scaledTrainer(alpha: 6 / (p * q), rateA: p, rateB: p)
        let losses = [plain, scaled, other].map { trainer in
            (0..<8).map { _ in trainer.trainStep().loss }
        }
        expectClose(losses[1], losses[0], relative: 1e-4)
        #expect(abs(losses[2][7] - losses[0][7]) > 1e-3 * losses[0][7])
        #expect(losses[0][7] < losses[0][0])
    }

    private func scaledTrainer(alpha: Double, rateA: Double, rateB: Double) throws -> Trainer {
        var settings = steadySettings
        settings.gradientClip = 0
        settings.optimizer.epsilon = 1e-30
        let trainer = try smallTrainer(LoRA(rank: 2, alpha: alpha), settings: settings)
        for parameter in trainer.tuned.trainable {
            let isA = parameter.name.contains("lora_A")
            parameter.learningRateFactor = isA ? rateA : rateB
            guard isA else { continue }
            for index in 0..<parameter.count { parameter.values[index] *= Float(rateA) }
        }
        return trainer
    }

    private func trainer(_ method: some FineTuningMethod, on base: Transformer) throws -> Trainer {
        var generator = SmallGenerator(state: 8)
        return try Trainer(
            try method.attach(to: base, using: &generator), examples: patternExamples, batchSize: 4,
            settings: steadySettings, arena: Arena())
    }

    private func bits(_ parameters: [Parameter]) -> [[UInt32]] {
        parameters.map { $0.storage.buffer.map(\.bitPattern) }
    }
}
