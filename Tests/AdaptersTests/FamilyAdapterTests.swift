import Adapters
import Foundation
import Models
import TestSupport
import Tensors
import Testing

/// What holds for every method on a model of every family.
@Suite struct FamilyAdapterTests {
    private static let methods: [MethodCase] = [
        MethodCase("full", FullFineTuning()),
        MethodCase("lora", LoRA(rank: 3, alpha: 6)),
        MethodCase("dora", DoRA(LoRA(rank: 3, alpha: 6, targets: Projection.Group.mlp.members))),
        MethodCase("vera", VeRA(rank: 5, targets: Projection.Group.attention.members)),
        MethodCase("mora", MoRA(rank: 2)),
        MethodCase("pissa", SpectralLoRA(LoRA(rank: 2, alpha: 2), part: .pissa)),
        MethodCase(
            "lora with embeddings",
            TrainedTables(LoRA(rank: 3, alpha: 6), tables: [.embedding])),
    ]

    private let batch = ExampleBatch()

    private func tuned(_ name: String, _ method: any FineTuningMethod) throws -> (
        base: Transformer, tuned: FineTunedModel
    ) {
        var generator = SmallGenerator(state: 2)
        let base = try SmallFamilies.model(name)
        let tuned = try method.attach(to: base, using: &generator)
        return (base, tuned)
    }

    @Test(
        "counts are known, merging changes nothing, and a folder is read again",
        arguments: SmallFamilies.names, methods)
    func files(name: String, sample: MethodCase) throws {
        let (base, tuned) = try tuned(name, sample.method)
        #expect(sample.method.problems(for: base.configuration).isEmpty)
        #expect(sample.method.trainableCount(for: base.configuration) == tuned.trainableCount)
        perturb(tuned.trainable)
        let expected = batch.logits(tuned.model)
        #expect(expected != batch.logits(base))
        let scale = Double(expected.map(abs).max() ?? 0)
        expectClose(
            batch.logits(try tuned.model.merged()), expected, relative: 0, absolute: 2e-5 * scale)
        guard sample.method.name != "pissa" else { return }
        try withTemporaryFolder { folder in
            try tuned.writeTrained(to: folder)
            let read = try TrainedFolder(folder).model(on: base)
            expectClose(batch.logits(read), expected, relative: 0, absolute: 1e-5 * scale)
        }
    }

    @Test(
        "every part trains what it says, and all of them the whole", arguments: SmallFamilies.names)
    func parts(name: String) throws {
        let configuration = try SmallFamilies.configuration(name)
        var total = 0
        for part in FullFineTuning.Part.allCases {
            let method = FullFineTuning(parts: [part])
            guard method.problems(for: configuration).isEmpty else { continue }
            let trained = try tuned(name, method).tuned
            #expect(trained.trainableCount == method.trainableCount(for: configuration))
            #expect(trained.trainableCount > 0)
            let names = trained.trainable.map(\.name)
            switch part {
            case .biases: #expect(names.allSatisfy { $0.hasSuffix(".bias") })
            case .norms: #expect(names.allSatisfy { $0.contains("norm") })
            default: #expect(names.allSatisfy { $0.hasSuffix(".weight") && !$0.contains("norm") })
            }
            total += trained.trainableCount
        }
        #expect(total == configuration.parameterCount)
    }

    @Test("targets that a model lacks are refused by name, unless their whole part is meant")
    func missingTargets() throws {
        func problems(_ name: String, _ targets: Set<Projection>) throws -> [String] {
            LoRA(rank: 2, alpha: 2, targets: targets)
                .problems(for: try SmallFamilies.configuration(name)).map(\.description)
        }
        #expect(
            try problems("phi3", [.q, .o])
                == ["targets: the model has no q: use some of qkv, o, gate_up, down"])
        #expect(
            try problems("gpt_neox", [.gate, .up])
                == ["targets: the model has no gate: use some of qkv, o, up, down"])
        #expect(try problems("llama", [.qkv]).count == 1)
        #expect(try problems("phi3", [.qkv, .down]).isEmpty)
        for name in SmallFamilies.names {
            #expect(try problems(name, Set(Projection.allCases)).isEmpty)
            #expect(try problems(name, Projection.Group.mlp.members).isEmpty)
        }
    }

    @Test("adapters bear the names of the family's modules")
    func names() throws {
        let method = LoRA(rank: 2, alpha: 2)
        let (_, phi) = try tuned("phi3", method)
        #expect(
            phi.adapterConfiguration?.values["target_modules"]
                == .texts(["down_proj", "gate_up_proj", "o_proj", "qkv_proj"]))
        let (_, neox) = try tuned("gpt_neox", method)
        #expect(
            neox.adapterConfiguration?.values["target_modules"]
                == .texts(["dense", "dense_4h_to_h", "dense_h_to_4h", "query_key_value"]))
        #expect(
            neox.trainable.first?.name
                == "base_model.model.gpt_neox.layers.0.attention.query_key_value.lora_A.weight")
        let tables = TrainedTables(method, tables: [.head])
        #expect(
            try tuned("gpt_neox", tables).tuned.files.last?.name
                == "base_model.model.lm_head.weight")
    }
}
