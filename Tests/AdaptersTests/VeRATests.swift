import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct VeRATests {
    @Test("rank + out parameters for each target", arguments: [1, 5, 64])
    func trainableCount(rank: Int) throws {
        let tuned = try AttachedMethod(VeRA(rank: rank)).tuned
        let outputs = smallConfiguration.projections.map { smallConfiguration.shape(of: $0).rows }
        #expect(tuned.trainableCount == 2 * (outputs.reduce(0, +) + 7 * rank))
    }

    @Test("names, shapes in files and starting values are PEFT's")
    func tensors() throws {
        let tuned = try AttachedMethod(VeRA(rank: 5, targets: [.k, .down])).tuned
        let prefix = "base_model.model.model.layers."
        #expect(
            tuned.stored.map(\.name) == ["base_model.vera_A", "base_model.vera_B"]
                + (0..<2).flatMap { layer in
                    ["self_attn.k_proj", "mlp.down_proj"].flatMap { path in
                        ["b", "d"].map { "\(prefix)\(layer).\(path).vera_lambda_\($0)" }
                    }
                })
        #expect(
            tuned.stored.prefix(4).map(\.storedShape) == [[5, 28], [20, 5], [12], [5]])
        for parameter in tuned.trainable {
            let start: Float = parameter.name.hasSuffix("d") ? 0.1 : 0
            #expect(parameter.storage.buffer.allSatisfy { $0 == start })
        }
        for parameter in tuned.stored.prefix(2) {
            let bound = (6 / Float(parameter.columns)).squareRoot()
            #expect(!parameter.isTrainable)
            #expect(parameter.storage.buffer.allSatisfy { abs($0) <= bound })
            #expect((parameter.storage.buffer.max() ?? 0) > 0.8 * bound)
        }
        #expect(
            tuned.adapterConfiguration?.values["save_projection"] == .flag(true))
    }

    @Test("a rank over a layer's size is fine, one that makes the pair outgrow the model is not")
    func problems() {
        // 2 layers of 2 x 720 + 480 + 3 x 560 + 40, a table of 460, a norm of 20; a pair of 56.
        #expect(smallConfiguration.parameterCount == 6_800)
        #expect(VeRA(rank: 121).problems(for: smallConfiguration).isEmpty)
        #expect(
            VeRA(rank: 122).problems(for: smallConfiguration).map(\.description) == [
                "rank: rank 122 makes a frozen pair larger than the model: use at most 121"
            ])
        #expect(VeRA(rank: .max).problems(for: smallConfiguration).count == 1)
        #expect(VeRA(rank: 0).problems(for: smallConfiguration).count == 1)
        #expect(VeRA(rank: 1, start: .nan).problems(for: smallConfiguration).count == 1)
        #expect(VeRA(rank: 1, targets: []).problems(for: smallConfiguration).count == 1)
    }
}
