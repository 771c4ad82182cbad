import Adapters
import Kernels
import Models
import TestSupport
import Tensors
import Testing

@Suite struct SpectralLoRATests {
    private func attached(_ part: SpectralLoRA.Part, rank: Int = 3) throws -> AttachedMethod {
        try AttachedMethod(SpectralLoRA(LoRA(rank: rank, alpha: 6), part: part))
    }

    private func singularValues(_ weight: Parameter) -> [Float] {
        SingularValueDecomposition.jacobi(
            weight.values, rows: weight.rows, columns: weight.columns
        ).values
    }

    @Test("as many parameters as LoRA, and twice the rank in files")
    func counts() throws {
        let tuned = try attached(.pissa).tuned
        let plain = try AttachedMethod(LoRA(rank: 3, alpha: 6)).tuned
        #expect(tuned.trainableCount == plain.trainableCount)
        #expect(tuned.trainable.map(\.name) == plain.trainable.map(\.name))
        #expect(tuned.files[0].shape == [6, 20])
        #expect(tuned.files[1].shape == [24, 6])
        #expect(tuned.adapterConfiguration?.values["r"] == .integer(6))
        #expect(tuned.adapterConfiguration?.values["lora_alpha"] == .number(12))
    }

    @Test("the frozen weight lacks the largest singular values, or the smallest")
    func residual() throws {
        for part in [SpectralLoRA.Part.pissa, .milora] {
            let attached = try attached(part)
            for projection in smallConfiguration.projections {
                let before = singularValues(attached.base.blocks[0][projection].weight)
                let after = singularValues(attached.tuned.model.blocks[0][projection].weight)
                let kept = part == .pissa ? before.dropFirst(3) : before.dropLast(3)
                expectClose(
                    Array(after.prefix(kept.count)), Array(kept), relative: 1e-4, absolute: 1e-4)
                #expect(after.suffix(3).allSatisfy { $0 < 1e-4 })
            }
        }
    }

    @Test("both factors share the singular values alike")
    func balance() throws {
        let attached = try attached(.pissa)
        let values = singularValues(attached.base.blocks[0][.q].weight)
        let (a, b) = (attached.tuned.trainable[0], attached.tuned.trainable[1])
        for index in 0..<3 {
            let rowOfA = (0..<20).reduce(0) { $0 + pow2(a.values[index * 20 + $1]) }
            let columnOfB = (0..<24).reduce(0) { $0 + pow2(b.values[$1 * 3 + index]) }
            // The scale is alpha / rank = 2.
            expectClose(
                [rowOfA, columnOfB], [values[index] / 2, values[index] / 2], relative: 1e-4)
        }
    }

    private func pow2(_ x: Float) -> Float { x * x }

    @Test("a rank over a side and an alpha that is not above 0 are refused")
    func problems() {
        for (lora, count) in [
            (LoRA(rank: 12, alpha: 1), 0), (LoRA(rank: 13, alpha: 1), 1),
            (LoRA(rank: 1, alpha: 0), 1), (LoRA(rank: 1, alpha: -1), 1),
        ] {
            let method = SpectralLoRA(lora, part: .milora)
            #expect(method.problems(for: smallConfiguration).count == count)
        }
    }
}
