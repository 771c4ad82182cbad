import TestSupport
import Tensors
import Testing
import Training

@Suite struct AdamWOptimizerTests {
    @Test("gradients beyond the limit shrink by limit / (norm + 1e-6), as in PyTorch")
    func clipping() throws {
        for limit in [0.0, 1e-3, 1e3] {
            var settings = steadySettings
            settings.gradientClip = limit
            let trainer = try smallTrainer(settings: settings)
            let report = trainer.trainStep()
            #expect(report.gradientNorm > 1e-2 && report.gradientNorm < 1e2)
            let factor = limit == 0 ? 1 : min(1, limit / (report.gradientNorm + 1e-6))
            // After one step the first moments are (1 - beta1) times the clipped gradients.
            let squares = trainer.optimizer.buffers[0].storages.reduce(0.0) {
                $0 + $1.buffer.reduce(0.0) { $0 + Double($1) * Double($1) }
            }
            expectClose(
                [squares.squareRoot()], [0.1 * factor * report.gradientNorm], relative: 1e-5,
                absolute: 1e-12)
        }
    }

    @Test("a parameter without gradient is left alone, decay included")
    func withoutGradient() throws {
        let parameter = try Parameter("w", rows: 2, columns: 3, isTrainable: true)
        parameter.fill(1)
        let optimizer = try AdamWOptimizer(
            [parameter], settings: OptimizerSettings(weightDecay: 0.5))
        #expect(optimizer.gradientNorm() == 0)
        optimizer.update(StepRate(peak: 1, share: 1), gradientScale: 1)
        #expect(parameter.storage.buffer.allSatisfy { $0 == 1 })
        #expect(optimizer.progress.step == 1)
    }

    @Test(
        "the first update moves every weight by the learning rate times its factor, against its gradient",
        arguments: [1.0, 3.0])
    func firstUpdate(factor: Double) throws {
        let weight = try Parameter("w", rows: 5, columns: 4, isTrainable: true)
        var generator = SmallGenerator(state: 1)
        weight.fillNormal(deviation: 1, using: &generator)
        weight.learningRateFactor = factor
        let before = Array(weight.storage.buffer)
        let optimizer = try AdamWOptimizer([weight], settings: OptimizerSettings())
        let tape = Tape(arena: Arena(), isRecording: true)
        let x = tape.embedding([1, 3], table: weight)
        _ = tape.crossEntropy(x, head: OutputHead(weight), targets: [0, 2], weights: [1, 1])
        tape.backward()
        let gradient = try #require(weight.gradient)
        let signs = (0..<20).map { gradient[$0] > 0 ? Float(1) : -1 }
        optimizer.update(StepRate(peak: 0.01, share: 1), gradientScale: 1)
        tape.reset()
        expectClose(
            Array(weight.storage.buffer), zip(before, signs).map { $0 - 0.01 * Float(factor) * $1 },
            relative: 0, absolute: 1e-5)
    }
}
