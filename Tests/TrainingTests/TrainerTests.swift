import Adapters
import Datasets
import Models
import TestSupport
import Tensors
import Testing
import Training

@Suite struct TrainerTests {
    @Test("the loss of a repeated pattern falls", arguments: [true, false])
    func learns(full: Bool) throws {
        let trainer =
            try full
            ? smallTrainer()
            : smallTrainer(
                LoRA(rank: 8, alpha: 16),
                settings: {
                    var settings = steadySettings
                    settings.learningRate = 5e-2
                    return settings
                }())
        let reports = (0..<40).map { _ in trainer.trainStep() }
        #expect(trainer.isFinished)
        #expect(reports.map(\.step) == Array(1...40))
        #expect(reports.allSatisfy { $0.isFinite })
        #expect(reports[0].loss > 2.5)
        #expect(reports[39].loss < (full ? 0.5 : 0.7) * reports[0].loss)
        #expect(trainer.tokens == reports.reduce(0) { $0 + $1.tokens })
        #expect(trainer.flops > 0)
    }

    @Test("rate and step of the reports follow the schedule, and a command changes the peak")
    func learningRate() throws {
        let trainer = try smallTrainer()
        expectClose(
            (0..<3).map { _ in trainer.trainStep().learningRate }, [1e-2 / 3, 2e-2 / 3, 1e-2])
        trainer.learningRate = 1
        expectClose([trainer.trainStep().learningRate], [1])
    }

    @Test("the same seed gives the same bits, another seed others")
    func determinism() throws {
        let method = LoRA(rank: 2, alpha: 4, dropout: 0.2)
        let (first, second) = (try smallTrainer(method), try smallTrainer(method))
        var settings = steadySettings
        settings.seed = 6
        let other = try smallTrainer(method, settings: settings)
        for _ in 0..<6 {
            let (a, b) = (first.trainStep(), second.trainStep())
            #expect(a.loss == b.loss && a.gradientNorm == b.gradientNorm)
            _ = other.trainStep()
        }
        #expect(state(of: first) == state(of: second))
        #expect(state(of: first) != state(of: other))
    }

    @Test("continuing from progress, weights and moments gives the bits of an unbroken run")
    func resuming() throws {
        let method = LoRA(rank: 2, alpha: 4, dropout: 0.2)
        let (unbroken, stopped) = (try smallTrainer(method), try smallTrainer(method))
        for _ in 0..<9 { _ = unbroken.trainStep() }
        for _ in 0..<4 { _ = stopped.trainStep() }
        let resumed = try smallTrainer(method)
        for (new, old) in zip(resumed.tuned.trainable, stopped.tuned.trainable) {
            new.values.update(from: old.values, count: old.count)
        }
        for (new, old) in zip(resumed.optimizer.buffers, stopped.optimizer.buffers) {
            for (new, old) in zip(new.storages, old.storages) {
                new.base.update(from: old.base, count: old.count)
            }
        }
        try resumed.restore(stopped.progress)
        #expect(resumed.progress == stopped.progress)
        for _ in 0..<5 { _ = resumed.trainStep() }
        #expect(state(of: resumed) == state(of: unbroken))
        #expect(resumed.step == 9 && resumed.tokens == unbroken.tokens)
        #expect(resumed.progress.position == unbroken.progress.position)
    }

    @Test("a NaN among the weights is reported and nothing is updated")
    func notANumber() throws {
        let trainer = try smallTrainer()
        #expect(trainer.trainStep().isFinite)
        let norms = trainer.tuned.model.parameters { $0.role == .norm(.final) }
        try #require(norms.first).values[3] = .nan
        let before = state(of: trainer)
        let report = trainer.trainStep()
        #expect(!report.isFinite && report.loss.isNaN)
        #expect(state(of: trainer) == before)
        #expect(trainer.optimizer.progress.step == 1 && trainer.step == 2)
    }

    @Test("after the first epoch the arena asks the system for nothing")
    func steadyMemory() throws {
        let arena = Arena()
        let trainer = try smallTrainer(LoRA(rank: 2, alpha: 4, dropout: 0.1), arena: arena)
        for _ in 0..<6 { _ = trainer.trainStep() }
        let reach = arena.reach
        for _ in 0..<30 { _ = trainer.trainStep() }
        #expect(arena.reach == reach)
    }
}
