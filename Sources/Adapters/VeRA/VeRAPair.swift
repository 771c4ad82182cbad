internal import Tensors

/// The frozen random matrices that all adapters of a model share.
final class VeRAPair {
    /// [rank, widest in].
    let a: Parameter
    /// [widest out, rank].
    let b: Parameter

    /// Both matrices of adapters at some places.
    static func tensors(at places: [AdapterPlace], rank: Int) -> [AdapterTensor] {
        [tensorA(at: places, rank: rank), tensorB(at: places, rank: rank)]
    }

    private static func tensorA(at places: [AdapterPlace], rank: Int) -> AdapterTensor {
        AdapterTensor(
            "base_model.vera_A", rows: rank, columns: places.map(\.columns).max() ?? 1)
    }

    private static func tensorB(at places: [AdapterPlace], rank: Int) -> AdapterTensor {
        AdapterTensor("base_model.vera_B", rows: places.map(\.rows).max() ?? 1, columns: rank)
    }

    /// Both of zeros.
    init(rank: Int, at places: [AdapterPlace]) throws(TensorError) {
        a = try Self.tensorA(at: places, rank: rank).parameter(isTrainable: false)
        b = try Self.tensorB(at: places, rank: rank).parameter(isTrainable: false)
    }

    var files: [StoredTensor] { [StoredTensor(a), StoredTensor(b)] }

    /// Draws both from PEFT's kaiming-uniform, ±√(6/columns).
    func draw(using generator: inout some RandomNumberGenerator) {
        for parameter in [a, b] {
            parameter.fillUniform(
                bound: (6 / Float(parameter.columns)).squareRoot(), using: &generator)
        }
    }
}
