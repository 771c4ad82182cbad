internal import Kernels
internal import Models
package import Tensors

/// The square matrix beside one projection.
package final class MoRAAdapter: LinearAdapter {
    /// M, [size, size].
    package let matrix: Parameter
    private var layout: MoRALayout
    let site: AdapterSite
    /// The angles of `rotation`; nil for the other operators.
    private let rotary: RotaryTable?

    /// M at a place.
    static func tensor(at place: AdapterPlace, size: Int) -> AdapterTensor {
        AdapterTensor(place.name + ".mora_M.weight", rows: size, columns: size)
    }

    init(_ site: AdapterSite, kind: MoRAOperator, size: Int) throws(TensorError) {
        self.site = site
        layout = MoRALayout(kind, size: size, rows: site.rows, columns: site.columns)
        matrix = try Self.tensor(at: site.place, size: size).parameter()
        rotary =
            kind == .rotation
            ? try RotaryTable(headSize: size, positionCount: layout.blockCount, theta: 10_000)
            : nil
    }

    package var parameters: [Parameter] { [matrix] }

    /// Changes to another operator without blocks of the same size.
    func use(_ kind: MoRAOperator) {
        guard !kind.usesBlocks else { return }
        layout = MoRALayout(kind, size: layout.size, rows: site.rows, columns: site.columns)
    }

    package func forward(_ input: Tensor, base: Parameter, on tape: Tape) -> Tensor {
        let output = tape.linear(input, weight: base)
        let dropped = site.dropout(input, on: tape)
        let compressed = tape.reshaped(
            tape.route(dropped, layout.compress, columns: layout.width),
            rows: input.rows * layout.blockCount, columns: layout.size)
        if let rotary { tape.rotate(compressed, positions: positions(input.rows), table: rotary) }
        let mixed = tape.reshaped(
            tape.linear(compressed, weight: matrix), rows: input.rows, columns: layout.width)
        tape.addRoute(mixed, layout.decompress, into: output)
        return output
    }

    /// The index of its block for every row of blocks.
    private func positions(_ rows: Int) -> [Int32] {
        let blocks = (0..<Int32(layout.blockCount))
        return (0..<rows).flatMap { _ in blocks }
    }

    /// Adds M's entries wherever an output's route meets an input's in the same block.
    ///
    /// An input that also continues the last block meets it twice, and both add up, as in the forward
    /// pass; the authors' code assigns there, which loses one of them where there is only one block.
    package func merge(into weight: Parameter) {
        let rows = (0..<layout.blockCount).map(effectiveMatrix)
        let inputs = Dictionary(grouping: layout.compress.pairs) { $0.target / layout.size }
        for (source, output) in layout.decompress.pairs {
            let (block, row) = source.quotientAndRemainder(dividingBy: layout.size)
            for (input, column) in inputs[block] ?? [] {
                weight.values[output * weight.columns + input] +=
                    rows[block][row * layout.size + column % layout.size]
            }
        }
    }

    /// M·R with the block's rotation R.
    private func effectiveMatrix(block: Int) -> [Float] {
        var result = Array(matrix.storage.buffer)
        guard let rotary else { return result }
        let half = layout.size / 2
        for start in stride(from: 0, to: result.count, by: layout.size) {
            for j in 0..<half {
                let (cosine, sine) = rotary.factors(position: block, pair: j)
                let (first, second) = (result[start + j], result[start + j + half])
                result[start + j] = first * cosine + second * sine
                result[start + j + half] = second * cosine - first * sine
            }
        }
        return result
    }
}
