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
