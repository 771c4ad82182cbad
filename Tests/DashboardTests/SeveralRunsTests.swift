import RunEvents
import Testing

@testable import Dashboard

/// Several runs on one screen are told apart.
@Suite struct SeveralRunsTests {
    private func model(columns: Int = 160, _ runs: [ScriptedRun]) -> DashboardModel {
        var model = DashboardModel(
            rows: 40, columns: columns, capabilities: .init(glyphs: .braille, hasColor: true),
            isReadOnly: true)
        for number in runs.indices { _ = model.update(.written(true, run: number)) }
        for (number, run) in runs.enumerated() {
            for stamped in run.events {
                _ = model.update(.event(stamped, run: number))
            }
        }
        return model
    }

    private func header(_ model: DashboardModel) -> String {
        String(model.view().text.split(separator: "\n").first ?? "")
    }

    @Test func headerIsAboutTheSelectedRun() {
        var model = model([ScriptedRun(), ScriptedRun(steps: 120)])
        _ = model.update(.written(false, run: 1))
        #expect(header(model).contains("run 1 of 2  RUNNING"))
        #expect(header(model).contains("step 720/900"))
        for _ in 0..<3 { _ = model.update(.key(.down)) }
        #expect(header(model).contains("run 2 of 2  INTERRUPTED @360"))
        #expect(header(model).contains("step 360/900"))
    }

    @Test func armsOfOneNameStayApart() {
        let history = model([ScriptedRun(), ScriptedRun(steps: 120)]).history
        #expect(history.arms.map(\.name).count == 6)
        #expect(history.arm(named: "1/full")?.step == 240)
        #expect(history.arm(named: "2/full")?.step == 120)
        #expect(history.arms.map(\.run) == [0, 0, 0, 1, 1, 1])
    }

    @Test func runsThatAreMeasuredDifferentlySayInWhat() {
        let other = ScriptedRun(
            every: 40, evaluation: ["evaluate.limit": "50", "source.text": "none"])
        var model = model([ScriptedRun(), ScriptedRun(), other])
        #expect(header(model).contains("! runs differ"))
        let alerts = model.history.log.filter { $0.level == .alert }
        #expect(
            alerts.map(\.text) == [
                "run 3 is not measured as run 1: evaluate.every 40, not 20; evaluate.limit 50, "
                    + "not 200; source.text none, not untold"
            ])
        _ = model.update(.resize(rows: 24, columns: 80))
        #expect(header(model).contains("! runs differ  step 720/900"))
    }

    @Test func runsOfOneMeasureAreNotWarnedOf() {
        let same = model([ScriptedRun(), ScriptedRun(steps: 100)])
        #expect(!same.history.differ && !same.view().text.contains("differ"))
    }

    @Test func olderRunBesideANewerOneIsTold() {
        let text = model([ScriptedRun(), ScriptedRun(evaluation: nil)]).history.log.last {
            $0.level == .alert
        }?.text
        #expect(text?.contains("evaluation settings that only one of them tells") == true)
        #expect(
            !model([ScriptedRun(evaluation: nil), ScriptedRun(evaluation: nil)]).history.differ)
    }

    @Test func everyRunHasABaseOfItsOwn() {
        let loss = MetricChoice(.targetLoss, task: "code")
        var model = model([ScriptedRun(), ScriptedRun()])
        #expect(model.history.bases(of: loss).count == 1)
        #expect(model.view().text.contains("base 3.200"))
        let other = Observation(
            arm: "full", step: 0, tokens: 0, seconds: 0, kind: .target, task: "code",
            metric: "loss", value: 2.5)
        _ = model.update(.event(StampedEvent(seconds: 0, event: .observed(other)), run: 1))
        #expect(
            model.history.bases(of: loss).last == 2.5 && model.history.bases(of: loss).count == 2)
        #expect(model.view().text.contains("base 1 3.200  2 2.500"))
    }
}
