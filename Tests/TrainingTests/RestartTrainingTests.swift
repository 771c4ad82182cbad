import Adapters
import Foundation
import TestSupport
import Testing
import Training

@Suite struct RestartTrainingTests {
    private let method = ReLoRA(
        LoRA(rank: 2, alpha: 4), restarts: Restarts(everySteps: 4, warmupSteps: 2))

    @Test("at a restart the optimiser starts anew and the learning rate rises again")
    func optimiser() throws {
        let trainer = try smallTrainer(method)
        let reports = (0..<6).map { _ in trainer.trainStep() }
        #expect(trainer.optimizer.progress.step == 2)
        let schedule = steadySettings.schedule
        let factors = [1, 1, 1, 1, 0.5, 1]
        expectClose(
            reports.map(\.learningRate),
            factors.enumerated().map { 1e-2 * schedule.factor(at: $0) * $1 })
        #expect(reports.allSatisfy { $0.isFinite })
    }

    @Test("a checkpoint before, at and after a restart continues to the bit", arguments: [3, 4, 6])
    func resuming(step: Int) throws {
        let (unbroken, stopped) = (try smallTrainer(method), try smallTrainer(method))
        let expected = (0..<11).map { _ in unbroken.trainStep().loss }
        for _ in 0..<step { _ = stopped.trainStep() }
        let resumed = try smallTrainer(method)
        try withTemporaryFolder { folder in
            try Checkpoint.write(stopped, to: folder)
            try Checkpoint.restore(resumed, from: folder)
        }
        let losses = (step..<11).map { _ in resumed.trainStep().loss }
        #expect(losses == Array(expected.dropFirst(step)))
        #expect(state(of: resumed) == state(of: unbroken))
    }
}
