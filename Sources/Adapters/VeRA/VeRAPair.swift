internal import Tensors

/// The frozen random matrices that all adapters of a model share.
final class VeRAPair {
    /// [rank, widest in].
    let a: Parameter
    /// [widest out, rank].
    let b: Parameter

    /// Draws both from PEFT's kaiming-uniform, ±√(6/columns).
    init(
        rank: Int, shapes: [(rows: Int, columns: Int)],
        using generator: inout some RandomNumberGenerator
    ) throws(TensorError) {
        a = try Parameter(
            "base_model.vera_A", rows: rank, columns: shapes.map(\.columns).max() ?? 1,
            isTrainable: false)
        b = try Parameter(
            "base_model.vera_B", rows: shapes.map(\.rows).max() ?? 1, columns: rank,
            isTrainable: false)
        for parameter in [a, b] {
            parameter.fillUniform(
                bound: (6 / Float(parameter.columns)).squareRoot(), using: &generator)
        }
    }
}
