import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct LoRATests {
    private let batch = ExampleBatch()
    private let lora = LoRA(rank: 3, alpha: 6)

    private func attached(_ method: LoRA) throws -> (base: Transformer, tuned: FineTunedModel) {
        let base = try smallModel()
        var generator = SmallGenerator(state: 2)
        return (base, try method.attach(to: base, using: &generator))
    }

    @Test("before the first step the output is the base's, to the bit")
    func startsAsTheBase() throws {
        let (base, tuned) = try attached(lora)
        #expect(batch.logits(tuned.model) == batch.logits(base))
        #expect(tuned.trainable.contains { $0.storage.buffer.contains { $0 != 0 } })
        perturb(tuned.trainable)
        #expect(batch.logits(tuned.model) != batch.logits(base))
    }

    @Test("rank·(in + out) parameters for each target", arguments: [1, 3, 12])
    func trainableCount(rank: Int) throws {
        // q 24x20, k and v 12x20, o 20x24, gate and up 28x20, down 20x28; two layers.
        let sums: [Projection: Int] = [
            .q: 44, .k: 32, .v: 32, .o: 44, .gate: 48, .up: 48, .down: 48,
        ]
        let all = try attached(LoRA(rank: rank, alpha: 1)).tuned
        #expect(all.trainableCount == 2 * rank * sums.values.reduce(0, +))
        for (projection, sum) in sums {
            let one = try attached(LoRA(rank: rank, alpha: 1, targets: [projection])).tuned
            #expect(one.trainableCount == 2 * rank * sum)
        }
    }

    @Test("parameters bear the names that PEFT gives them, A before B")
    func names() throws {
        let tuned = try attached(LoRA(rank: 2, alpha: 4, targets: [.v, .down])).tuned
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
        let tuned = try attached(LoRA(rank: 12, alpha: 1, targets: [.q])).tuned
        let (a, b) = (tuned.trainable[0], tuned.trainable[1])
        let bound = 1 / Float(20).squareRoot()
        #expect(a.storage.buffer.allSatisfy { abs($0) <= bound })
        #expect((a.storage.buffer.max() ?? 0) > 0.9 * bound)
        #expect((a.storage.buffer.min() ?? 0) < -0.9 * bound)
        #expect(b.storage.buffer.allSatisfy { $0 == 0 })
    }

    @Test("training changes no tensor of the base")
    func baseIsUntouched() throws {
        let (base, tuned) = try attached(LoRA(rank: 3, alpha: 6, dropout: 0.1))
        let (before, adapters) = (
            values(of: base), tuned.trainable.map { Array($0.storage.buffer) }
        )
        for _ in 0..<5 {
            batch.loss(tuned.model) {
                for parameter in tuned.trainable {
                    for (index, slope) in (gradient(of: parameter) ?? []).enumerated() {
                        parameter.values[index] -= 0.1 * slope
                    }
                }
                #expect(base.parameters.allSatisfy { $0.gradient == nil })
            }
        }
        #expect(values(of: base) == before)
        #expect(tuned.trainable.map { Array($0.storage.buffer) } != adapters)
    }

    @Test("the gradients of A and B agree with finite differences")
    func gradients() throws {
        let tuned = try attached(lora).tuned
        perturb(tuned.trainable)
        var gradients: [[Float]?] = []
        batch.loss(tuned.model) { gradients = tuned.trainable.map(gradient(of:)) }
        for (parameter, computed) in zip(tuned.trainable, gradients) {
            let computed = try #require(computed, "\(parameter.name) has no gradient")
            let norm = computed.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            let original = Array(parameter.storage.buffer)
            func moved(_ step: Double) -> Double {
                for i in computed.indices {
                    parameter.values[i] = original[i] + Float(step * Double(computed[i]) / norm)
                }
                return batch.loss(tuned.model)
            }
            let measured = (moved(5e-3) - moved(-5e-3)) / 1e-2
            for i in original.indices { parameter.values[i] = original[i] }
            #expect(
                abs(measured - norm) <= 0.01 * norm + 1e-5,
                "\(parameter.name): \(measured) measured, \(norm) computed")
        }
    }

    @Test("what does not fit is told, with the largest rank that would")
    func problems() {
        #expect(LoRA(rank: 12, alpha: 1).problems(for: smallConfiguration).isEmpty)
        #expect(
            LoRA(rank: 13, alpha: 1).problems(for: smallConfiguration) == [
                "rank 13 is larger than projection k [12, 20]: use at most 12",
                "rank 13 is larger than projection v [12, 20]: use at most 12",
            ])
        #expect(LoRA(rank: 20, alpha: 1, targets: [.q]).problems(for: smallConfiguration).isEmpty)
        #expect(
            LoRA(rank: 21, alpha: 1, targets: [.q]).problems(for: smallConfiguration) == [
                "rank 21 is larger than projection q [24, 20]: use at most 20"
            ])
        for broken in [
            LoRA(rank: 0, alpha: 1), LoRA(rank: 1, alpha: .nan),
            LoRA(rank: 1, alpha: 1, dropout: 1),
            LoRA(rank: 1, alpha: 1, dropout: -0.1), LoRA(rank: 1, alpha: 1, targets: []),
        ] {
            #expect(broken.problems(for: smallConfiguration).count == 1)
        }
    }

    @Test("the merged model is plain and predicts the same", arguments: [1.5, 12])
    func merging(alpha: Double) throws {
        let (base, tuned) = try attached(LoRA(rank: 3, alpha: alpha))
        perturb(tuned.trainable)
        let before = values(of: base)
        let merged = try tuned.merged()
        for block in merged.blocks {
            for projection in Projection.allCases {
                #expect(block[projection].adapter == nil)
                let shape = smallConfiguration.shape(of: projection)
                #expect(block[projection].weight.rows == shape.rows)
                #expect(block[projection].weight.columns == shape.columns)
            }
        }
        let expected = batch.logits(tuned.model)
        let scale = Double(expected.map(abs).max() ?? 0)
        expectClose(batch.logits(merged), expected, relative: 0, absolute: 1e-5 * scale)
        #expect(values(of: base) == before)
        #expect(batch.logits(merged) != batch.logits(base))
    }

    @Test("a dropout mask is the step's own, and the same again for the same step")
    func dropout() throws {
        let tuned = try attached(LoRA(rank: 3, alpha: 6, dropout: 0.3)).tuned
        perturb(tuned.trainable)
        let losses = [0, 1, 0].map { step in
            tuned.dropout.step = UInt64(step)
            return batch.recordedLoss(tuned.model)
        }
        #expect(losses[0] == losses[2])
        #expect(losses[0] != losses[1])
        #expect(batch.loss(tuned.model) != losses[0])
    }

    @Test("two models on one base do not see each other's adapters")
    func independence() throws {
        let (base, first) = try attached(lora)
        var generator = SmallGenerator(state: 3)
        let second = try lora.attach(to: base, using: &generator)
        perturb(first.trainable)
        #expect(batch.logits(second.model) == batch.logits(base))
    }
}
