import RunEvents
import Testing

@Suite struct MetricDefinitionTests {
    @Test("each metric of a kind is defined once and can be found")
    func eachMetricIsDefinedOnce() {
        let names = MetricDefinition.all.map { "\($0.kind)/\($0.name)" }
        #expect(Set(names).count == names.count)
        #expect(MetricDefinition.of(kind: .source, metric: "forgetting")?.unit == "nats/token")
        #expect(MetricDefinition.of(kind: .train, metric: "forgetting") == nil)
    }
}
