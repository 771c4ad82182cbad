package import Tensors

/// Something that takes part in a projection's forward pass: LoRA and its relatives.
///
/// Implementations live in `Adapters`; model code calls them without knowing which they are.
package protocol LinearAdapter: AnyObject {
    /// The projection's output with the adapter in effect, before the bias is added.
    ///
    /// - Shapes: input [rows, in]; base [out, in]; result [rows, out].
    func forward(_ input: Tensor, base: Parameter, on tape: Tape) -> Tensor

    /// Makes the base weight [out, in], given as a copy, the weight that is in effect, so that a
    /// plain projection does what the adapter does (dropout aside).
    func merge(into weight: Parameter)

    /// The adapter's own tensors, trainable or frozen, in the order in which they are stored.
    var parameters: [Parameter] { get }
}

/// A projection, y = x·Wᵀ + b, possibly without bias, possibly with an adapter.
package final class Linear {
    package let projection: Projection
    package let weight: Parameter
    package let bias: Parameter?
    package var adapter: (any LinearAdapter)?

    init(_ projection: Projection, weight: Parameter, bias: Parameter?) {
        self.projection = projection
        self.weight = weight
        self.bias = bias
    }

    func callAsFunction(_ input: Tensor, on tape: Tape) -> Tensor {
        let output =
            adapter?.forward(input, base: weight, on: tape) ?? tape.linear(input, weight: weight)
        if let bias { tape.addBias(bias, into: output) }
        return output
    }
}
