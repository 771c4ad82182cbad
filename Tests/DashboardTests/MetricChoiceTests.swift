import RunEvents
import Testing

@testable import Dashboard

@Suite struct MetricChoiceTests {
    private static let divergence = MetricDefinition(
        name: "kl_to_base", heading: "kl", kind: .target, unit: "nats/token",
        direction: .lowerIsBetter, values: .positive, scope: .task,
        summary: "divergence from the base on the target's answers")

    private func identity(_ measures: [MetricDefinition]?) -> RunIdentity {
        RunIdentity(
            run: "r", study: "s", base: "b", domain: "code", targetTasks: ["code", "uuid"],
            sourceTasks: ["facts"], evaluateEvery: 1, arms: [], measures: measures)
    }

    @Test("what a chart offers follows from the run's measures")
    func choices() {
        let known = MetricChoice.learning(of: identity(nil)).map(\.heading)
        #expect(
            known == [
                "code loss", "uuid loss", "code bpb", "uuid bpb", "code characters",
                "uuid characters", "code exact", "uuid exact", "train loss",
            ])
        #expect(
            MetricChoice.forgetting(of: identity(nil)).map(\.heading) == [
                "forget", "retained acc", "source loss", "facts acc", "facts acc norm",
            ])
        let own = identity([.targetLoss, Self.divergence, .forgetting])
        #expect(
            MetricChoice.learning(of: own).map(\.heading) == [
                "code loss", "uuid loss", "code kl", "uuid kl", "train loss",
            ])
        #expect(MetricChoice.forgetting(of: own) == [.forgetting])
        #expect(MetricChoice(Self.divergence).better == "lower is better")
    }

    @Test("without tasks a measure of tasks is of whichever there is")
    func withoutTasks() {
        #expect(MetricChoice.learning(of: nil).first == MetricChoice(.targetLoss))
        #expect(MetricChoice(.sourceLoss).title == "source loss")
        #expect(MetricChoice(.trainingLoss).title == "training loss")
        #expect(MetricChoice(.targetLoss, task: "code").title == "code loss")
        #expect(MetricChoice(.retainedAccuracy).title == "retained accuracy")
    }
}
