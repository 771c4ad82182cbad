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
        let outputs = smallConfiguration.projections.map { smallConfiguration.shape(of: $0).rows }
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
}
