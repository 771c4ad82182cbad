internal import Kernels
internal import Models
package import Tensors

/// A low-rank pair whose start was taken out of the projection's weight.
package final class SpectralAdapter: LinearAdapter {
    private let pair: LoRAAdapter
    /// Where the pair began.
    private let startA: Parameter
    private let startB: Parameter
    private let original: Parameter

    init(_ site: AdapterSite, rank: Int, scale: Double, original: Parameter) throws(TensorError) {
        pair = try LoRAAdapter(site, rank: rank, scale: scale)
        startA = try pair.a.copy(isTrainable: false)
        startB = try pair.b.copy(isTrainable: false)
        self.original = original
    }

    package var parameters: [Parameter] { pair.parameters }

    /// The pair beside its start; the sign of the start's B makes it a difference.
    var files: [StoredTensor] {
        [
            StoredTensor(pair.a, following: startA, along: .rows, sign: 1),
            StoredTensor(pair.b, following: startB, along: .columns, sign: -1),
        ]
    }

    package func forward(_ input: Tensor, base: Parameter, on tape: Tape) -> Tensor {
        pair.forward(input, base: base, on: tape)
    }

    /// The weight is already without the start.
    package func merge(into weight: Parameter) { pair.merge(into: weight) }

    /// Gives the pair the chosen singular triples of the original weight.
    func start(from part: SpectralLoRA.Part) {
        let (rank, rows, columns) = (pair.a.rows, original.rows, original.columns)
        let triples = SingularValueDecomposition.of(
            original.values, rows: rows, columns: columns)
        let first = part == .pissa ? 0 : triples.count - rank
        for index in 0..<rank {
            let triple = first + index
            let root = (triples.values[triple] / pair.scale).squareRoot()
            for column in 0..<columns {
                pair.a.values[index * columns + column] =
                    root * triples.right[triple * columns + column]
            }
            for row in 0..<rows {
                pair.b.values[row * rank + index] =
                    root * triples.left[row * triples.count + triple]
            }
        }
        startA.values.update(from: pair.a.values, count: startA.count)
        startB.values.update(from: pair.b.values, count: startB.count)
        takeStartFromBase()
    }

    /// Makes the projection's weight what the start leaves of the original.
    func takeStartFromBase() {
        let weight = pair.site.weight
        weight.values.update(from: original.values, count: weight.count)
        weight.addProduct(startB, startA, scale: -pair.scale)
    }
}
