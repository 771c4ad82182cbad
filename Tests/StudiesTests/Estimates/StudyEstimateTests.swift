import Datasets
import Studies
import StudySamples
import TestSupport
import Testing
import Training

@Suite struct StudyEstimateTests {
    private func estimate(
        _ settings: [String] = [], clock: StudyClock = StudyClock(), freeBytes: Int? = nil
    ) throws -> StudyEstimate {
        try withTemporaryFolder { folder in
            try StudyEstimate(
                try SmallStudy(in: folder).prepared(settings), clock: clock, freeBytes: freeBytes)
        }
    }

    @Test("work is counted in the data: examples, tokens, what is measured, how often")
    func counts() throws {
        let estimate = try estimate(["arms.full.learning_rate=[1e-3, 2e-3]"])
        let examples = try #require(estimate.workload.examples[.response])
        #expect(examples.count == 9)
        #expect(examples.longest <= 32 && examples.mostLossTokens < examples.longest)
        #expect(examples.tokens > examples.lossTokens && examples.lossTokens >= 2 * 9)
        #expect(examples.tokens(ofBatch: 9) == Double(examples.tokens))
        let measured = estimate.workload.measured
        #expect((measured.targets, measured.choices, measured.documents) == (2, 2, 2))
        #expect(measured.questions == 1 && measured.writingPasses > 1)
        // The base, and steps 4 and 8 of three trajectories.
        #expect(estimate.evaluations == 7)
        #expect(estimate.arms.map(\.trajectories) == [2, 1])
        #expect(estimate.arms.map(\.steps) == [16, 8])
        #expect(estimate.arms.allSatisfy { $0.passes == 16.0 / 9 })
    }

    @Test("a study takes its steps and its evaluations")
    func time() throws {
        let estimate = try estimate()
        let steps = try estimate.arms.map { try #require($0.stepSeconds) * Double($0.steps) }
        let training = try #require(estimate.trainingSeconds)
        #expect(steps.allSatisfy { $0 > 0 } && abs(training - steps.reduce(0, +)) < 1e-12)
        #expect(estimate.evaluationSeconds > 0)
        let total = try #require(estimate.seconds)
        #expect(abs(total - training - estimate.evaluationSeconds * 5) < 1e-12)
    }

    @Test("more items at ends are measured once for the base and once for each trajectory")
    func ends() throws {
        let estimate = try estimate(["evaluate.final_limit=all"])
        let (few, all) = (estimate.workload.measured, estimate.workload.measuredAtEnds)
        let more = try #require(all)
        #expect(more.choices == 3 && more.targets > few.targets && more.rows > few.rows)
        #expect(estimate.finalEvaluations == 3)
        // Beside other work a row of so small a model may take no time that can be measured.
        #expect(estimate.finalEvaluationSeconds >= estimate.evaluationSeconds)
        let training = try #require(estimate.trainingSeconds)
        let measured = estimate.evaluationSeconds * 5 + estimate.finalEvaluationSeconds * 3
        #expect(abs(try #require(estimate.seconds) - training - measured) < 1e-9)
    }

    @Test("the same work is measured once")
    func clock() throws {
        let clock = StudyClock()
        let (one, other) = (
            try estimate(clock: clock), try estimate(["train.steps=4"], clock: clock)
        )
        #expect(one.arms.map(\.stepSeconds) == other.arms.map(\.stepSeconds))
        #expect(one.arms.map(\.steps) != other.arms.map(\.steps))
    }

    @Test("an arm without room is not measured, and the study then has no time")
    func noRoom() throws {
        let all = try estimate()
        #expect(all.arms.map(\.fits) == [true, true])
        let full = all.arms[0].memory.bytes
        #expect(full > all.arms[1].memory.bytes)
        let short = try estimate(freeBytes: full - 1)
        #expect(short.arms.map(\.fits) == [false, true])
        #expect(short.seconds == nil && short.trainingSeconds == nil)
    }
}
