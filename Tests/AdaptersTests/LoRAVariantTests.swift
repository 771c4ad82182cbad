import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct LoRAVariantTests {
    private let lora = LoRA(rank: 3, alpha: 6)

    @Test("LoRA+ is LoRA with a higher learning rate for every B")
    func learningRates() throws {
        let tuned = try AttachedMethod(LoRAPlus(lora, ratio: 20)).tuned
        let plain = try AttachedMethod(lora).tuned
        #expect(tuned.trainableCount == plain.trainableCount)
        for parameter in tuned.trainable {
            let isB = parameter.name.contains("lora_B")
            #expect(parameter.learningRateFactor == (isB ? 20 : 1))
        }
        #expect(LoRAPlus(lora, ratio: 0).problems(for: smallConfiguration).count == 1)
        #expect(LoRAPlus(lora, ratio: .infinity).problems(for: smallConfiguration).count == 1)
    }

    @Test("with A frozen only B counts, and A's rows are orthonormal")
    func frozenA() throws {
        let tuned = try AttachedMethod(AsymmetricLoRA(lora)).tuned
        let outputs = Projection.allCases.map { smallConfiguration.shape(of: $0).rows }
        #expect(tuned.trainableCount == 2 * 3 * outputs.reduce(0, +))
        #expect(tuned.trainable.allSatisfy { $0.name.contains("lora_B") })
        #expect(tuned.stored.count == 2 * tuned.trainable.count)
        for a in tuned.stored where a.name.contains("lora_A") {
            for row in 0..<3 {
                for other in 0..<3 {
                    let product = (0..<a.columns).reduce(0.0) { sum, column in
                        sum + Double(a.values[row * a.columns + column])
                            * Double(a.values[other * a.columns + column])
                    }
                    expectClose([product], [row == other ? 1 : 0])
                }
            }
        }
    }

    /// Adam's step does not depend on the gradient's size, so that scales can be moved between
    /// alpha, the start of A and both learning rates (Schulman and others 2025).
    @Test("alpha / (p·q), p·A, p times A's rate and q times B's rate train alike")
    func invariance() throws {
        let (p, q) = (Float(2), Float(4))
        let first = try AttachedMethod(LoRA(rank: 3, alpha: 6)).tuned
        let second = try AttachedMethod(LoRA(rank: 3, alpha: Double(6 / (p * q)))).tuned
        for a in second.trainable where a.name.contains("lora_A") {
            for index in 0..<a.count { a.values[index] *= p }
        }
        let batch = ExampleBatch()
        let baseLoss = batch.loss(try AttachedMethod(lora).base)
        for step in 1...4 {
            let losses = [(first, Float(1), Float(1)), (second, p, q)].map { tuned, rateA, rateB in
                batch.loss(tuned.model) {
                    for parameter in tuned.trainable {
                        let rate = parameter.name.contains("lora_A") ? rateA : rateB
                        for (index, slope) in (gradient(of: parameter) ?? []).enumerated()
                        where slope != 0 {
                            // The first step of Adam with ε = 0, again and again.
                            parameter.values[index] -= 0.01 * rate * (slope > 0 ? 1 : -1)
                        }
                    }
                }
            }
            expectClose([losses[1]], [losses[0]], relative: 1e-5)
            #expect(step == 1 || losses[0] != baseLoss)
        }
    }
}
