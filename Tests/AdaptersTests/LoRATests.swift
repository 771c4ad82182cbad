import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct LoRATests {
    private func attached(_ method: LoRA) throws -> FineTunedModel {
        try AttachedMethod(method).tuned
    }

    @Test("rank·(in + out) parameters for each target", arguments: [1, 3, 12])
    func trainableCount(rank: Int) throws {
        // q 24x20, k and v 12x20, o 20x24, gate and up 28x20, down 20x28; two layers.
        let sums: [Projection: Int] = [
            .q: 44, .k: 32, .v: 32, .o: 44, .gate: 48, .up: 48, .down: 48,
        ]
        let all = try attached(LoRA(rank: rank, alpha: 1))
        #expect(all.trainableCount == 2 * rank * sums.values.reduce(0, +))
        for (projection, sum) in sums {
            let one = try attached(LoRA(rank: rank, alpha: 1, targets: [projection]))
            #expect(one.trainableCount == 2 * rank * sum)
        }
    }

    @Test("parameters bear the names that PEFT gives them, A before B")
    func names() throws {
        let tuned = try attached(LoRA(rank: 2, alpha: 4, targets: [.v, .down]))
        #expect(
            tuned.trainable.map(\.name)
                == (0..<2).flatMap { layer in
                    ["self_attn.v_proj", "mlp.down_proj"].flatMap { path in
                        ["A", "B"].map {
                            "base_model.model.model.layers.\(layer).\(path).lora_\($0).weight"
                        }
                    }
                })
        #expect(tuned.trainable.map(\.rows) == [2, 12, 2, 20, 2, 12, 2, 20])
        #expect(tuned.trainable.map(\.columns) == [20, 2, 28, 2, 20, 2, 28, 2])
    }

    @Test("A starts uniform in ±1/√in, B at zero")
    func startingValues() throws {
        let tuned = try attached(LoRA(rank: 12, alpha: 1, targets: [.q]))
        let (a, b) = (tuned.trainable[0], tuned.trainable[1])
        let bound = 1 / Float(20).squareRoot()
        #expect(a.storage.buffer.allSatisfy { abs($0) <= bound })
        #expect((a.storage.buffer.max() ?? 0) > 0.9 * bound)
        #expect((a.storage.buffer.min() ?? 0) < -0.9 * bound)
        #expect(b.storage.buffer.allSatisfy { $0 == 0 })
    }

    @Test("the gaussian start has a deviation of 1/rank")
    func gaussianStart() throws {
        let tuned = try attached(LoRA(rank: 12, alpha: 1, initialisation: .gaussian))
        let values = tuned.trainable.filter { $0.name.contains("lora_A") }
            .flatMap { Array($0.storage.buffer) }
        let variance = values.reduce(0) { $0 + Double($1) * Double($1) } / Double(values.count)
        expectClose([variance.squareRoot()], [1.0 / 12], relative: 0.05)
        #expect(values.contains { abs($0) > 2.5 / 12 })
    }

    @Test("the scale is alpha/rank, or alpha/√rank when rank-stabilised")
    func scales() {
        #expect(LoRA(rank: 16, alpha: 32).scale == 2)
        #expect(LoRA(rank: 16, alpha: 32, scaling: .rslora).scale == 8)
    }

    @Test("the description is PEFT's")
    func description() throws {
        let method = LoRA(
            rank: 4, alpha: 8, dropout: 0.5, targets: [.up, .q], scaling: .rslora,
            initialisation: .gaussian)
        let configuration = try #require(try attached(method).adapterConfiguration)
        #expect(
            configuration.values == [
                "peft_type": .text("LORA"), "task_type": .text("CAUSAL_LM"),
                "bias": .text("none"), "target_modules": .texts(["q_proj", "up_proj"]),
                "r": .integer(4), "lora_alpha": .number(8), "lora_dropout": .number(0.5),
                "use_rslora": .flag(true), "init_lora_weights": .text("gaussian"),
            ])
    }

    @Test("what does not fit is told, with the largest rank that would")
    func problems() {
        #expect(LoRA(rank: 12, alpha: 1).problems(for: smallConfiguration).isEmpty)
        #expect(
            LoRA(rank: 13, alpha: 1).problems(for: smallConfiguration).map(\.description) == [
                "rank: rank 13 is larger than projection k [12, 20]: use at most 12"
            ])
        #expect(LoRA(rank: 20, alpha: 1, targets: [.q]).problems(for: smallConfiguration).isEmpty)
        #expect(
            LoRA(rank: 21, alpha: 1, targets: [.q]).problems(for: smallConfiguration).map(\.text)
                == ["rank 21 is larger than projection q [24, 20]: use at most 20"])
        for broken in [
            LoRA(rank: 0, alpha: 1), LoRA(rank: 1, alpha: .nan),
            LoRA(rank: 1, alpha: 1, dropout: 1),
            LoRA(rank: 1, alpha: 1, dropout: -0.1), LoRA(rank: 1, alpha: 1, targets: []),
        ] {
            #expect(broken.problems(for: smallConfiguration).count == 1)
        }
    }

}
