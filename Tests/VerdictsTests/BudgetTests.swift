import RunEvents
import Testing

@testable import Verdicts

@Suite struct BudgetTests {
    @Test("the most that each arm learns within a budget, and the step that does it")
    func nats() throws {
        let verdict = try MadeStudy.verdict(
            MadeStudy.arm("full", rate: 1e-3, slopes: [1, 1, 1])
                + MadeStudy.arm("full", rate: 2e-3, slopes: [3, 3, 3])
                + MadeStudy.arm("lora", slopes: [2, 2, 2]), budget: 0.65)
        let reading = try #require(verdict.budget)
        // Steps of 0.1 nats: full keeps to 0.65 up to 0.6 (step 6), lora up to 0.6 (step 3).
        #expect(reading.arms.map(\.arm) == ["full", "lora"])
        #expect(reading.arms[0].learningRate == 1e-3)
        #expect(reading.arms[0].best.step == 6)
        #expect(reading.arms[0].best.trajectory == "full-lr0.001-s0")
        #expect(abs(reading.arms[0].learned - 0.9) < 1e-9)
        #expect(abs(reading.arms[1].learned - 1.2) < 1e-9)
        #expect(abs(reading.pairs[0].gap.mean + 0.3) < 1e-9)
        #expect(reading.pairs[0].decision.accepted == .less)
        #expect(
            verdict.sentences[1].hasPrefix("With at most 0.65 nats forgotten, full learns most"))
    }

    @Test("without room nothing is learned")
    func nothing() throws {
        let verdict = try MadeStudy.verdict(
            MadeStudy.arm("full", slopes: [1]) + MadeStudy.arm("lora", slopes: [2]), budget: 0.05)
        #expect(verdict.budget?.arms.map(\.best.step) == [0, 0])
        #expect(verdict.sentences.contains { $0.hasSuffix("full learns nothing.") })
    }

    @Test("accuracies: higher is better, points are lost, items are paired")
    func accuracies() throws {
        let part = Axis.Part(
            counts: [Double](repeating: 1, count: 160),
            isSelection: (0..<160).map { $0.isMultiple(of: 2) })
        let trajectory = { (arm: String, loss: Int) -> Trajectory in
            Trajectory(
                name: arm, arm: arm, learningRate: 1e-3, seed: 0, course: .constant,
                points: (0...10).map { step in
                    let learned = (0..<160).map { $0 / 16 < step ? 1.0 : 0 }
                    let kept = (0..<160).map { $0 < 144 - 4 * loss * step ? 1.0 : 0 }
                    return Trajectory.Point(
                        step: step, learned: learned.reduce(0, +) / 160,
                        forgotten: kept.reduce(0, +) / 160, learnedSums: [learned],
                        forgottenSums: [kept])
                })
        }
        let input = VerdictInput(
            learned: Axis(
                name: "code exact match", unit: .points, isHigherBetter: true, parts: [part]),
            forgotten: Axis(
                name: "retained accuracy", unit: .points, isHigherBetter: true, parts: [part]),
            trajectories: [trajectory("full", 1), trajectory("lora", 2)])
        let verdict = try Verdict(input, settings: VerdictSettings(budget: 0.21, draws: 200))
        let pair = verdict.pairs[0]
        #expect(pair.from == 0 && pair.to == 1)
        #expect((pair.gap?.mean ?? 0) < -0.1)
        #expect(verdict.sentences[0].contains("points less of retained accuracy than lora"))
        let budget = try #require(verdict.budget)
        #expect(budget.arms[0].best.step == 8)
        #expect(budget.arms[1].best.step == 4)
        let items = try #require(budget.pairs[0].items)
        #expect((items.firstOnly, items.secondOnly, items.count) == (32, 0, 80))
        #expect(verdict.sentences.contains { $0.contains("McNemar: p < 0.001") })
    }
}
