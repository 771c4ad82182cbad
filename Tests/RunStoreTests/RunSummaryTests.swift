import RunEvents
import RunStore
import TestSupport
import Testing

@Suite struct RunSummaryTests {
    @Test("last and best follow the metric's direction and skip nan")
    func lastAndBest() throws {
        let summary = Self.summary([
            ("full", 0, .target, "loss", 3), ("full", 2, .target, "loss", 1),
            ("full", 4, .target, "loss", 2), ("full", 6, .target, "loss", .nan),
            ("full", 0, .source, "acc", 0.5), ("full", 2, .source, "acc", 0.7),
            ("full", 4, .source, "acc", 0.6),
        ])
        let metrics = summary.arms[0].metrics
        #expect(metrics.map(\.best) == [1, 0.7])
        #expect(metrics.map(\.bestStep) == [2, 2])
        #expect(metrics.map(\.lastStep) == [6, 4])
        #expect(metrics[0].last.isNaN)
        #expect(summary.arms[0].step == 6)
        #expect(summary.arms[0].tokens == 384)
    }

    @Test("forgetting is compared where the arms have learned equally much")
    func matchedLearning() throws {
        let summary = Self.summary([
            ("full", 0, .target, "loss", 4), ("full", 0, .source, "forgetting", 0),
            ("full", 2, .target, "loss", 2), ("full", 2, .source, "forgetting", 1),
            ("full", 4, .target, "loss", 1), ("full", 4, .source, "forgetting", 2),
            ("lora-r8", 0, .target, "loss", 4), ("lora-r8", 0, .source, "forgetting", 0),
            ("lora-r8", 4, .target, "loss", 3), ("lora-r8", 4, .source, "forgetting", 0.2),
        ])
        let table = try #require(summary.matchedLearning.first)
        #expect(table.task == "code")
        expectClose(table.levels.map(\.targetLoss), [3.75, 3.5, 3.25, 3])
        let last = try #require(table.levels.last)
        #expect(last.rows.map(\.arm) == ["full", "lora-r8"])
        expectClose(last.rows.map(\.step), [1, 4])
        expectClose(last.rows.map(\.tokens), [64, 256])
        expectClose(last.rows.compactMap(\.forgetting), [0.5, 0.2])
    }

    @Test("an arm that never learned does not empty the table")
    func anArmThatNeverLearned() throws {
        let summary = Self.summary([
            ("full", 0, .target, "loss", 4), ("full", 2, .target, "loss", 2),
            ("lora-r8", 0, .target, "loss", 4), ("lora-r8", 2, .target, "loss", 5),
        ])
        let table = try #require(summary.matchedLearning.first)
        #expect(table.levels.map { $0.rows.map(\.arm) } == Array(repeating: ["full"], count: 4))
        #expect(table.levels.last?.rows.first?.forgetting == nil)
    }

    @Test("one point is no curve")
    func onePointIsNoCurve() {
        #expect(Self.summary([("full", 0, .target, "loss", 4)]).matchedLearning[0].levels.isEmpty)
    }

    private static func summary(
        _ scores: [(String, Int, ObservationKind, String, Double)]
    ) -> RunSummary {
        var run = RunState(after: SampleRun.everyEvent.prefix(1))
        for (arm, step, kind, metric, value) in scores {
            let task = kind == .target ? "code" : "text"
            let seen = SampleRun.score(arm, step, kind, metric, value, task: task)
            run.apply(StampedEvent(seconds: 1, event: .observed(seen)))
        }
        return RunSummary(of: run)
    }
}
