import Adapters
import Foundation
import Kernels
import TestSupport
import Tensors
import Testing

@testable import Training

@Suite struct OptimizerTests {
    private static let kinds = OptimizerSettings.Kind.allCases

    private func settings(_ kind: OptimizerSettings.Kind) -> TrainingSettings {
        var settings = steadySettings
        settings.optimizer = OptimizerSettings(kind, weightDecay: 0.01)
        if kind == .lionw { settings.learningRate = 3e-3 }
        return settings
    }

    @Test("every optimiser makes the loss of a repeated pattern fall", arguments: kinds)
    func learns(kind: OptimizerSettings.Kind) throws {
        let trainer = try smallTrainer(settings: settings(kind))
        let reports = (0..<40).map { _ in trainer.trainStep() }
        #expect(reports[39].loss < 0.6 * reports[0].loss)
    }

    @Test(
        "a checkpoint continues to the bit, before and after a restart as well",
        arguments: kinds, [2, 4, 7])
    func resuming(kind: OptimizerSettings.Kind, stop: Int) throws {
        let method = ReLoRA(
            LoRA(rank: 2, alpha: 4, dropout: 0.1), restarts: Restarts(everySteps: 4, warmupSteps: 2)
        )
        let settings = settings(kind)
        let (unbroken, stopped) = (
            try smallTrainer(method, settings: settings),
            try smallTrainer(method, settings: settings)
        )
        for _ in 0..<9 { _ = unbroken.trainStep() }
        for _ in 0..<stop { _ = stopped.trainStep() }
        let resumed = try smallTrainer(method, settings: settings)
        try withTemporaryFolder { folder in
            try Checkpoint.write(stopped, to: folder)
            try Checkpoint.restore(resumed, from: folder)
        }
        #expect(state(of: resumed) == state(of: stopped))
        for _ in stop..<9 { _ = resumed.trainStep() }
        #expect(state(of: resumed) == state(of: unbroken))
        #expect(resumed.progress.optimizer == unbroken.progress.optimizer)
    }

    @Test("the bits do not depend on the number of threads", arguments: kinds)
    func threads(kind: OptimizerSettings.Kind) throws {
        let states = try [1, 2].map { threads in
            let trainer = try smallTrainer(settings: settings(kind))
            Workers.limited(to: threads) { for _ in 0..<4 { _ = trainer.trainStep() } }
            return state(of: trainer)
        }
        #expect(states[0] == states[1])
    }

    @Test(
        "where the gradient is 0 a weight shrinks by what the convention says",
        arguments: zip(kinds, [0.98, 0.95, 0.95, 0.98]))
    func decay(kind: OptimizerSettings.Kind, kept: Double) throws {
        let weight = try Parameter("w", rows: 4, columns: 2, isTrainable: true)
        weight.fill(3)
        let optimizer = try OptimizerSettings(kind, weightDecay: 0.1).optimizer(of: [weight])
        let tape = Tape(arena: Arena(), isRecording: true)
        let x = tape.embedding([1], table: weight)
        _ = tape.crossEntropy(x, head: OutputHead(weight), targets: [0], weights: [1])
        tape.backward()
        try #require(weight.gradient != nil)
        optimizer.update(StepRate(peak: 0.4, share: 0.5), gradientScale: 0)
        try optimizer.withResult {
            expectClose(
                weight.storage.buffer.map { Double($0) },
                [Double](repeating: 3 * kept, count: 8), relative: 1e-6)
        }
        tape.reset()
    }

    @Test(
        "a command that changes the rate changes the decay where it is times the rate, and there alone",
        arguments: [
            (.adamw, 2), (.adamwDecoupled, 1), (.lionw, 1), (.scheduleFreeAdamW, 2),
        ] as [(OptimizerSettings.Kind, Double)])
    func decayAfterACommand(kind: OptimizerSettings.Kind, times: Double) {
        let settings = OptimizerSettings(kind, weightDecay: 0.1)
        let planned = settings.decay(StepRate(peak: 0.4, share: 0.5), factor: 3)
        let changed = settings.decay(StepRate(peak: 0.8, share: 0.5), factor: 3)
        expectClose([changed], [times * planned], relative: 1e-12)
        expectClose([planned], [times == 1 ? 0.05 : 0.06], relative: 1e-12)
    }

    @Test(
        "each is described with the meaning of its decay",
        arguments: zip(
            kinds,
            [
                "adamw, betas 0.9 and 0.999, epsilon 1e-08, weight decay 0.1 times the learning rate",
                "adamw-decoupled, betas 0.9 and 0.999, epsilon 1e-08, weight decay 0.1 per step "
                    + "times the schedule's share of the peak in force",
                "lionw, betas 0.9 and 0.95, weight decay 0.1 per step "
                    + "times the schedule's share of the peak in force",
                "schedule-free-adamw, betas 0.9 and 0.999, epsilon 1e-08, weight decay 0.1 times "
                    + "the learning rate, no schedule after the warm-up",
            ]))
    func description(kind: OptimizerSettings.Kind, text: String) {
        #expect(OptimizerSettings(kind, weightDecay: 0.1).description == text)
        #expect(OptimizerSettings(kind).description.contains(", no weight decay"))
    }
}
