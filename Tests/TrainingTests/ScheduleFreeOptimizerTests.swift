import Adapters
import Foundation
import TestSupport
import Tensors
import Testing
import Training

@Suite struct ScheduleFreeOptimizerTests {
    private var settings: TrainingSettings {
        var settings = steadySettings
        settings.optimizer = OptimizerSettings(.scheduleFreeAdamW, beta1: 0.8)
        settings.schedule = LearningRateSchedule(
            shape: .constant, warmupSteps: 4, totalSteps: 40)
        return settings
    }

    /// All weights one after the other.
    private func weights(_ trainer: Trainer) -> [Double] {
        trainer.tuned.trainable.flatMap { $0.storage.buffer.map { Double($0) } }
    }

    @Test("x is the average of all z, each weighted by the square of the rate, and y lies between")
    func average() throws {
        let trainer = try smallTrainer(settings: settings)
        var (sum, total): ([Double], Double) = ([], 0)
        for _ in 0..<12 {
            let weight = pow(trainer.trainStep().learningRate, 2)
            let z = trainer.optimizer.buffers[0].storages.flatMap { $0.buffer.map { Double($0) } }
            if sum.isEmpty { sum = z.map { _ in 0 } }
            sum = zip(sum, z).map { $0 + weight * $1 }
            total += weight
            let y = weights(trainer)
            let x = sum.map { $0 / total }
            expectClose(y, zip(x, z).map { 0.8 * $0 + 0.2 * $1 }, relative: 1e-5, absolute: 1e-6)
            try trainer.optimizer.withResult {
                expectClose(weights(trainer), x, relative: 1e-5, absolute: 1e-6)
            }
        }
    }

    @Test("looking at the result changes nothing, even where it throws")
    func looking() throws {
        struct Failure: Error {}
        let trainer = try smallTrainer(settings: settings)
        for _ in 0..<5 { _ = trainer.trainStep() }
        let before = state(of: trainer)
        try trainer.optimizer.withResult { #expect(state(of: trainer) != before) }
        #expect(throws: Failure.self) { try trainer.optimizer.withResult { throw Failure() } }
        #expect(state(of: trainer) == before)
    }

    @Test("a checkpoint's model file holds x")
    func checkpoint() throws {
        let trainer = try smallTrainer(settings: settings)
        for _ in 0..<5 { _ = trainer.trainStep() }
        let reader = try smallTrainer()
        try withTemporaryFolder { folder in
            try Checkpoint.write(trainer, to: folder)
            try reader.tuned.readTrained(from: folder)
        }
        try trainer.optimizer.withResult { #expect(weights(trainer) == weights(reader)) }
        #expect(weights(trainer) != weights(reader))
    }
}
