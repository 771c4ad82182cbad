internal import Models
package import Tensors

/// A low-rank pair whose sum with the base has trained row norms.
package final class DoRAAdapter: LinearAdapter {
    /// The pair that changes the direction.
    let pair: LoRAAdapter
    /// The norm of every row, [out].
    package let magnitude: Parameter
    private let norms: RowNorms

    /// The pair and the norms at a place.
    static func tensors(at place: AdapterPlace, rank: Int) -> [AdapterTensor] {
        LoRAAdapter.tensors(at: place, rank: rank) + [magnitude(at: place)]
    }

    private static func magnitude(at place: AdapterPlace) -> AdapterTensor {
        AdapterTensor(place.name + ".lora_magnitude_vector", count: place.rows)
    }

    init(_ site: AdapterSite, rank: Int, scale: Double) throws(TensorError) {
        pair = try LoRAAdapter(site, rank: rank, scale: scale)
        norms = RowNorms(of: site.weight)
        magnitude = try Self.magnitude(at: site.place).parameter()
        for (row, norm) in norms.ofBase.enumerated() { magnitude.values[row] = norm }
    }

    package var parameters: [Parameter] { pair.parameters + [magnitude] }

    /// m/‖·‖ · (W₀x + s·B·A·x); with dropout only the part beyond W₀x sees the dropped input.
    package func forward(_ input: Tensor, base: Parameter, on tape: Tape) -> Tensor {
        let dropped = pair.site.dropout(input, on: tape)
        let direction = tape.linear(dropped, weight: base)
        let inner = tape.linear(dropped, weight: pair.a)
        tape.addLinear(inner, weight: pair.b, scale: pair.scale, into: direction)
        return currentNorms(base).withUnsafeBufferPointer { norms in
            guard !dropped.isSame(as: input) else {
                return tape.scaleColumns(direction, gain: magnitude, divisor: norms)
            }
            let output = tape.linear(input, weight: base)
            tape.addLinear(dropped, weight: base, scale: -1, into: output)
            tape.addScaledColumns(direction, gain: magnitude, divisor: norms, into: output)
            return output
        }
    }

    package func merge(into weight: Parameter) {
        let current = currentNorms(weight)
        pair.merge(into: weight)
        for row in 0..<weight.rows {
            let factor = magnitude.values[row] / current[row]
            for index in row * weight.columns..<(row + 1) * weight.columns {
                weight.values[index] *= factor
            }
        }
    }

    private func currentNorms(_ base: Parameter) -> [Float] {
        norms.withUpdate(b: pair.b, a: pair.a, scale: pair.scale, base: base)
    }
}
