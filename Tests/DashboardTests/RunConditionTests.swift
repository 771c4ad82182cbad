import RunEvents
import Testing

@testable import Dashboard

/// The header says what a run is doing, and its clock and estimate follow.
@Suite struct RunConditionTests {
    private let names = ["full", "lora"]

    private var identity: RunIdentity {
        var run = ScriptedRun()
        run.armNames = names
        return run.identity
    }

    private func started(isReadOnly: Bool = false) -> DashboardModel {
        var model = DashboardModel(
            rows: 24, columns: 120, capabilities: .init(glyphs: .braille, hasColor: true),
            isReadOnly: isReadOnly)
        _ = model.update(.tick(seconds: 0))
        tell(.started(identity), at: 0, &model)
        return model
    }

    private func tell(_ event: RunEvent, at seconds: Double, _ model: inout DashboardModel) {
        _ = model.update(.event(StampedEvent(seconds: seconds, event: event)))
    }

    /// A step of training that took half a second.
    private func step(
        _ number: Int, of arm: String, at seconds: Double, _ model: inout DashboardModel
    ) {
        tell(
            .observed(
                Observation(
                    arm: arm, step: number, tokens: number * 100, seconds: Double(number) * 0.5,
                    kind: .train, metric: "loss", value: 1)), at: seconds, &model)
    }

    private func header(_ model: DashboardModel) -> String {
        String(model.view().text.split(separator: "\n").first ?? "")
    }

    private func states(_ model: DashboardModel) -> [String] {
        model.history.arms.map(\.state.rawValue)
    }

    @Test func runWithoutAProcessIsInterrupted() {
        var model = started(isReadOnly: true)
        tell(.armChanged(arm: "full", state: .training, step: 0), at: 1, &model)
        for number in 1...7 { step(number, of: "full", at: 1 + Double(number), &model) }
        #expect(header(model).contains("RUNNING") && header(model).contains("eta"))
        _ = model.update(.written(false))
        #expect(header(model).contains("INTERRUPTED @7") && !header(model).contains("eta"))
        #expect(!model.view().text.contains("training "))
        _ = model.update(.key("i"))
        #expect(model.view().text.contains("state          interrupted"))
        _ = model.update(.key(.escape))
        _ = model.update(.written(true))
        #expect(header(model).contains("RUNNING"))
    }

    @Test func finishedRunIsNotInterruptedByTheEndOfItsProcess() {
        var model = started(isReadOnly: true)
        tell(.finished(.completed), at: 9, &model)
        _ = model.update(.written(false))
        #expect(header(model).contains("COMPLETED"))
    }

    @Test func clockStandsWhileEveryArmIsPaused() {
        var model = started()
        for arm in names { tell(.armChanged(arm: arm, state: .paused, step: 4), at: 20, &model) }
        _ = model.update(.tick(seconds: 500))
        #expect(header(model).contains("PAUSED") && header(model).contains("0:20"))
        tell(.armChanged(arm: "full", state: .waiting, step: 4), at: 20.1, &model)
        _ = model.update(.tick(seconds: 503))
        #expect(header(model).contains("RUNNING") && header(model).contains("0:23"))
    }

    @Test func evaluationOfAPausedArmIsNoPause() {
        var model = started()
        for arm in names { tell(.armChanged(arm: arm, state: .paused, step: 4), at: 20, &model) }
        tell(.armChanged(arm: "lora", state: .evaluating, step: 4), at: 20, &model)
        #expect(header(model).contains("RUNNING"))
    }

    @Test func clockGoesOnFromWhereItWasOnResume() {
        var model = started()
        tell(.armChanged(arm: "full", state: .training, step: 0), at: 60, &model)
        let preparing = Progress(arm: nil, phase: .preparing("code"), step: 0, tokensPerSecond: 0)
        tell(.progress(preparing), at: 0, &model)
        _ = model.update(.tick(seconds: 8))
        #expect(header(model).contains("WAITING") && header(model).contains("1:00"))
        #expect(!model.view().text.contains("training"))
        tell(.resumed(arms: ["full": 0]), at: 60.2, &model)
        _ = model.update(.tick(seconds: 10))
        #expect(header(model).contains("RUNNING") && header(model).contains("1:02"))
    }

    @Test func oneArmTrainsAtATime() {
        var model = started()
        tell(.armChanged(arm: "full", state: .training, step: 0), at: 1, &model)
        tell(.armChanged(arm: "lora", state: .training, step: 0), at: 2, &model)
        #expect(states(model) == ["waiting", "training"])
        tell(.resumed(arms: [:]), at: 3, &model)
        #expect(states(model) == ["waiting", "waiting"])
        step(1, of: "lora", at: 4, &model)
        #expect(states(model) == ["waiting", "training"])
        tell(.armChanged(arm: "full", state: .paused, step: 0), at: 5, &model)
        step(2, of: "lora", at: 6, &model)
        #expect(states(model) == ["paused", "training"])
    }

    @Test func estimateWaitsForThreeSteps() {
        var model = started()
        for number in 1...3 {
            #expect(!header(model).contains("eta"))
            step(number, of: "full", at: 60 + Double(number), &model)
        }
        // 597 steps of half a second, whatever the minute before the first step.
        #expect(header(model).contains("eta 4:58"))
        tell(.resumed(arms: ["full": 3]), at: 64, &model)
        step(4, of: "full", at: 65, &model)
        #expect(!header(model).contains("eta"))
        for number in 5...6 { step(number, of: "full", at: 60 + Double(number), &model) }
        #expect(header(model).contains("eta 4:57"))
    }

    @Test func estimateCountsEvaluationsToCome() {
        var model = started()
        let evaluation = Observation(
            arm: "full", step: 0, tokens: 0, seconds: 0, kind: .cost, metric: "evaluation_seconds",
            value: 10)
        tell(.observed(evaluation), at: 0, &model)
        for number in 1...3 { step(number, of: "full", at: Double(number), &model) }
        // 15 evaluations of 10 s are left of `full`.
        #expect(header(model).contains("eta 7:28"))
    }

    @Test func baseIsNamedWhileItIsEvaluated() {
        var model = started()
        let progress = Progress(
            arm: nil, phase: .evaluating(task: "facts", done: 40, total: 200), step: 0,
            tokensPerSecond: 0)
        tell(.progress(progress), at: 1, &model)
        #expect(header(model).contains("evaluating base facts 40/200"))
    }
}
