import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct FullFineTuningTests {
    @Test("every parameter of a copy is trained, and the base stays")
    func copies() throws {
        let base = try smallModel()
        let before = values(of: base)
        var generator = SmallGenerator(state: 1)
        let tuned = try FullFineTuning().attach(to: base, using: &generator)
        #expect(values(of: tuned.model) == before)
        #expect(tuned.trainableCount == smallConfiguration.parameterCount)
        #expect(tuned.trainable.map(\.name) == base.parameters.map(\.name))
        ExampleBatch().loss(tuned.model) {
            #expect(tuned.trainable.allSatisfy { $0.gradient != nil })
            #expect(base.parameters.allSatisfy { $0.gradient == nil })
        }
        perturb(tuned.trainable)
        #expect(values(of: base) == before)
        #expect(values(of: try tuned.merged()) == values(of: tuned.model))
    }
}
