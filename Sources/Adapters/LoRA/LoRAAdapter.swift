internal import Models
package import Tensors

/// The low-rank pair beside one projection.
package final class LoRAAdapter: LinearAdapter {
    /// [rank, in], `lora_A` in PEFT's files.
    package let a: Parameter
    /// [out, rank], `lora_B` in PEFT's files.
    package let b: Parameter
    private let scale: Float
    private let dropout: Float
    private let seed: DropoutSeed
    private let place: UInt64

    init(
        name: String, shape: (rows: Int, columns: Int), settings: LoRA,
        dropout: (seed: DropoutSeed, place: UInt64)
    ) throws(TensorError) {
        a = try Parameter(
            name + ".lora_A.weight", rows: settings.rank, columns: shape.columns,
            isTrainable: true)
        b = try Parameter(
            name + ".lora_B.weight", rows: shape.rows, columns: settings.rank,
            isTrainable: true)
        scale = Float(settings.scale)
        self.dropout = Float(settings.dropout)
        seed = dropout.seed
        place = dropout.place
    }

    package var parameters: [Parameter] { [a, b] }

    package func forward(_ input: Tensor, base: Parameter, on tape: Tape) -> Tensor {
        let output = tape.linear(input, weight: base)
        let dropped = tape.dropout(input, probability: dropout, seed: seed.seed(place: place))
        let inner = tape.linear(dropped, weight: a)
        tape.addLinear(inner, weight: b, scale: scale, into: output)
        return output
    }

    /// W₀ + scale·B·A.
    package func merge(into weight: Parameter) { weight.addProduct(b, a, scale: scale) }
}
