import Foundation
import RunEvents
import Testing

@Suite struct MetricDefinitionTests {
    @Test("each measure of a kind is defined once, and can be found by the key of a curve")
    func eachIsDefinedOnce() {
        let names = MetricDefinition.all.map { "\($0.kind)/\($0.name)" }
        #expect(Set(names).count == names.count)
        let run: RunIdentity? = nil
        for definition in MetricDefinition.all {
            #expect(run.definition(of: definition.key(task: "any")) == definition)
        }
        let unknown = MeasureKey(kind: .train, task: "", metric: MetricDefinition.forgetting.name)
        #expect(run.definition(of: unknown) == nil)
    }

    @Test("a run's own definitions are those that count, also of a measure that is not known here")
    func ownDefinitions() throws {
        let divergence = MetricDefinition(
            name: "kl_to_base", heading: "kl", kind: .target, unit: "nats/token",
            direction: .lowerIsBetter, values: .positive, scope: .task,
            summary: "divergence from the base on the target's answers")
        let identity = RunIdentity(
            run: "r", study: "s", base: "b", domain: "d", targetTasks: [], sourceTasks: [],
            evaluateEvery: 1, arms: [], measures: [.targetLoss, divergence])
        let stored = try JSONDecoder().decode(
            RunIdentity.self, from: try JSONEncoder().encode(identity))
        #expect(stored == identity)
        let run: RunIdentity? = stored
        #expect(run.definition(of: divergence.key(task: "d"))?.heading == "kl")
        #expect(run.definition(of: MetricDefinition.forgetting.key()) == nil)
    }

    @Test("a run of an older version, which does not tell its measures, has those of the table")
    func olderRuns() throws {
        let text = """
            {"run": "r", "study": "s", "base": "b", "domain": "d", "targetTasks": [],
             "sourceTasks": [], "evaluateEvery": 1, "arms": []}
            """
        let stored: RunIdentity? = try JSONDecoder().decode(
            RunIdentity.self, from: Data(text.utf8))
        #expect(stored?.measures == nil && stored.definitions == MetricDefinition.all)
    }
}
