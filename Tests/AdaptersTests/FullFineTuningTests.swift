import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct FullFineTuningTests {
    /// A head of its own and three layers.
    private var untied: ModelConfiguration {
        var configuration = smallConfiguration
        configuration.tiesEmbeddings = false
        configuration.layerCount = 3
        return configuration
    }

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
        #expect(values(of: try tuned.model.merged()) == values(of: tuned.model))
    }

    @Test(
        "each part trains the weights of its name",
        arguments: [
            (FullFineTuning(parts: [.attention]), 12, ["self_attn"]),
            (FullFineTuning(parts: [.mlp]), 9, ["mlp."]),
            (FullFineTuning(parts: [.norms]), 7, ["norm.weight"]),
            (FullFineTuning(parts: [.embeddings]), 1, ["embed_tokens"]),
            (FullFineTuning(parts: [.head]), 1, ["lm_head"]),
            (FullFineTuning(parts: [.norms, .head]), 8, ["norm.weight", "lm_head"]),
            (FullFineTuning(lastLayers: 1), 9, ["layers.2."]),
            (FullFineTuning(lastLayers: 3), 27, ["layers."]),
            (FullFineTuning(parts: [.norms], lastLayers: 2), 4, ["layernorm"]),
            (FullFineTuning(parts: [.mlp, .embeddings], lastLayers: 1), 4, ["mlp.", "embed"]),
            (FullFineTuning(), 30, [""]),
        ])
    func parts(method: FullFineTuning, count: Int, words: [String]) throws {
        #expect(method.problems(for: untied).isEmpty)
        let base = try smallModel(untied)
        let before = values(of: base)
        var generator = SmallGenerator(state: 1)
        let tuned = try method.attach(to: base, using: &generator)
        #expect(tuned.trainable.count == count)
        for parameter in tuned.trainable {
            #expect(words.contains { parameter.name.contains($0) }, "\(parameter.name)")
        }
        #expect(method.trainableCount(for: untied) == tuned.trainableCount)
        perturb(tuned.trainable)
        #expect(values(of: base) == before)
        for (own, original) in zip(tuned.model.parameters, base.parameters) {
            #expect((own === original) == !own.isTrainable, "\(own.name)")
        }
    }

    @Test("what the model lacks is refused, with what there is")
    func problems() {
        let refusals: [(FullFineTuning, String)] = [
            (FullFineTuning(parts: [.biases]), "parts: the model has no biases: leave them out"),
            (
                FullFineTuning(parts: [.head]),
                "parts: the head of this model is its embedding table: name embeddings"
            ),
            (FullFineTuning(parts: []), "parts: nothing is trained: name at least one part"),
            (FullFineTuning(lastLayers: 3), "last: the last 3 layers of 2: use 1 to 2"),
            (FullFineTuning(lastLayers: 0), "last: the last 0 layers of 2: use 1 to 2"),
            (
                FullFineTuning(parts: [.embeddings], lastLayers: 1),
                "last: none of the parts is in a layer: drop `last`, or name attention, mlp or norms "
                    + "too"
            ),
        ]
        for (method, text) in refusals {
            #expect(method.problems(for: smallConfiguration).map(\.description) == [text])
        }
        #expect(FullFineTuning(parts: [.head]).problems(for: untied).isEmpty)
    }
}
