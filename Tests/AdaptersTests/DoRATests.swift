import Adapters
import Models
import TestSupport
import Tensors
import Testing

@Suite struct DoRATests {
    private let batch = ExampleBatch()
    private let dora = DoRA(LoRA(rank: 3, alpha: 6))

    @Test("LoRA's parameters and one magnitude for each output row")
    func trainableCount() throws {
        let rows = smallConfiguration.projections.map { smallConfiguration.shape(of: $0).rows }
            .reduce(0, +)
        let pair = try AttachedMethod(dora.lora).tuned.trainableCount
        #expect(try AttachedMethod(dora).tuned.trainableCount == pair + 2 * rows)
    }

    @Test("magnitudes bear PEFT's name, are vectors in files and start at the norms of the rows")
    func magnitudes() throws {
        let attached = try AttachedMethod(DoRA(LoRA(rank: 3, alpha: 6, targets: [.k])))
        let magnitude = attached.tuned.trainable[2]
        #expect(
            magnitude.name == "base_model.model.model.layers.0.self_attn.k_proj"
                + ".lora_magnitude_vector")
        #expect(magnitude.storedShape == [12])
        let weight = attached.base.blocks[0][.k].weight
        let norms = (0..<12).map { row in
            (0..<20).reduce(0.0) { sum, column in
                sum + Double(weight.values[row * 20 + column] * weight.values[row * 20 + column])
            }.squareRoot()
        }
        expectClose(magnitude.storage.buffer.map(Double.init), norms, relative: 1e-6)
        #expect(attached.tuned.adapterConfiguration?.values["use_dora"] == .flag(true))
    }

    @Test("every row of a merged weight has its magnitude as norm")
    func mergedNorms() throws {
        let tuned = try AttachedMethod.perturbed(dora).tuned
        let weight = try tuned.model.merged().blocks[1][.up].weight
        let magnitude = try #require(
            tuned.trainable.first {
                $0.name.hasSuffix("layers.1.mlp.up_proj.lora_magnitude_vector")
            })
        for row in 0..<weight.rows {
            let squares = (0..<20).reduce(0.0) { sum, column in
                let value = Double(weight.values[row * 20 + column])
                return sum + value * value
            }
            expectClose([squares.squareRoot()], [Double(abs(magnitude.values[row]))])
        }
    }

    /// With the norm held, DoRA is LoRA on rows that are scaled by m/norm.
    @Test("gradients are those of a LoRA whose rows are scaled by magnitude over norm")
    func gradients() throws {
        let tuned = try AttachedMethod.perturbed(dora).tuned
        let plain = try AttachedMethod(dora.lora)
        let norms = try rowNorms(tuned)
        for (index, site) in sites(plain.tuned).enumerated() {
            let (a, b, magnitude) = (
                tuned.trainable[3 * index], tuned.trainable[3 * index + 1],
                tuned.trainable[3 * index + 2]
            )
            plain.tuned.trainable[2 * index].values.update(from: a.values, count: a.count)
            for row in 0..<b.rows {
                let factor = magnitude.values[row] / norms[index][row]
                for column in 0..<b.columns {
                    plain.tuned.trainable[2 * index + 1].values[row * b.columns + column] =
                        factor * b.values[row * b.columns + column]
                }
                for column in 0..<site.weight.columns {
                    site.weight.values[row * site.weight.columns + column] *= factor
                }
            }
        }
        var expected: [[Float]] = []
        batch.loss(plain.tuned.model) {
            expected = plain.tuned.trainable.compactMap(gradient(of:))
        }
        batch.loss(tuned.model) {
            for index in norms.indices {
                let (a, b, magnitude) = (
                    tuned.trainable[3 * index], tuned.trainable[3 * index + 1],
                    tuned.trainable[3 * index + 2]
                )
                expectGradient(a, expected[2 * index])
                let factors = (0..<b.count).map {
                    magnitude.values[$0 / b.columns] / norms[index][$0 / b.columns]
                }
                expectGradient(b, zip(factors, expected[2 * index + 1]).map(*))
            }
        }
    }

    private func sites(_ tuned: FineTunedModel) -> [Linear] {
        tuned.model.blocks.flatMap { block in smallConfiguration.projections.map { block[$0] } }
    }

    /// The norms of W₀ + s·B·A, from the merged weights, whose norms are the magnitudes.
    private func rowNorms(_ tuned: FineTunedModel) throws -> [[Float]] {
        sites(tuned).enumerated().map { index, site in
            let (a, b) = (tuned.trainable[3 * index], tuned.trainable[3 * index + 1])
            return (0..<site.weight.rows).map { row in
                let squares = (0..<site.weight.columns).reduce(0.0) { sum, column in
                    var value = Double(site.weight.values[row * site.weight.columns + column])
                    for k in 0..<a.rows {
                        value +=
                            2 * Double(b.values[row * b.columns + k])
                            * Double(a.values[k * a.columns + column])
                    }
                    return sum + value * value
                }
                return Float(squares.squareRoot())
            }
        }
    }

    private func expectGradient(_ parameter: Parameter, _ expected: [Float]) {
        let scale = Double(expected.map(abs).max() ?? 0)
        expectClose(
            gradient(of: parameter) ?? [], expected, relative: 1e-3, absolute: 1e-4 * scale)
    }

    @Test("the gradient of a magnitude agrees with finite differences")
    func magnitudeGradient() throws {
        let tuned = try AttachedMethod.perturbed(dora).tuned
        var computed: [[Float]?] = []
        batch.loss(tuned.model) { computed = tuned.trainable.map(gradient(of:)) }
        for index in stride(from: 2, to: tuned.trainable.count, by: 3) {
            try expectSlope(tuned.trainable[index], computed[index]) { batch.loss(tuned.model) }
        }
    }

    @Test("dropout leaves the base's own part whole, as PEFT does")
    func dropout() throws {
        // With B = 0 and magnitudes at the norms nothing but the base is left.
        let attached = try AttachedMethod(DoRA(LoRA(rank: 3, alpha: 6, dropout: 0.5)))
        let expected = batch.loss(attached.base)
        expectClose([batch.recordedLoss(attached.tuned.model)], [expected], relative: 1e-5)
    }

    @Test("a rank over a side is refused")
    func problems() {
        #expect(dora.problems(for: smallConfiguration).isEmpty)
        #expect(DoRA(LoRA(rank: 13, alpha: 1)).problems(for: smallConfiguration).count == 1)
    }
}
