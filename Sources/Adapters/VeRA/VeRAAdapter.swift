internal import Kernels
internal import Models
package import Tensors

/// The trained vectors beside one projection.
package final class VeRAAdapter: LinearAdapter {
    /// Scales the inner dimension, [rank].
    package let d: Parameter
    /// Scales the outputs, [out].
    package let b: Parameter
    private let pair: VeRAPair
    private let site: AdapterSite

    /// Both vectors at a place.
    static func tensors(at place: AdapterPlace, rank: Int) -> [AdapterTensor] {
        [tensorB(at: place), tensorD(at: place, rank: rank)]
    }

    private static func tensorB(at place: AdapterPlace) -> AdapterTensor {
        AdapterTensor(place.name + ".vera_lambda_b", count: place.rows)
    }

    private static func tensorD(at place: AdapterPlace, rank: Int) -> AdapterTensor {
        AdapterTensor(place.name + ".vera_lambda_d", count: rank)
    }

    init(_ site: AdapterSite, pair: VeRAPair) throws(TensorError) {
        self.site = site
        self.pair = pair
        b = try Self.tensorB(at: site.place).parameter()
        d = try Self.tensorD(at: site.place, rank: pair.a.rows).parameter()
    }

    package var parameters: [Parameter] { [b, d] }

    package func forward(_ input: Tensor, base: Parameter, on tape: Tape) -> Tensor {
        let output = tape.linear(input, weight: base)
        let inner = tape.linear(
            site.dropout(input, on: tape), slice: pair.a, outputs: pair.a.rows)
        let outer = tape.linear(
            tape.scaleColumns(inner, gain: d), slice: pair.b, outputs: site.rows)
        tape.addScaledColumns(outer, gain: b, into: output)
        return output
    }

    /// W₀ + diag(b)·B·diag(d)·A over the projection's part of both.
    package func merge(into weight: Parameter) {
        let rank = d.columns
        let scaled = (0..<weight.rows * rank).map { index in
            b.values[index / rank] * pair.b.values[index] * d.values[index % rank]
        }
        scaled.withUnsafeBufferPointer { scaled in
            guard let base = scaled.baseAddress else { return }
            Gemm.multiply(
                MatrixOperand(base, stride: rank),
                MatrixOperand(pair.a.values, stride: pair.a.columns), into: weight.values,
                rows: weight.rows, inner: rank, columns: weight.columns, beta: 1)
        }
    }
}
