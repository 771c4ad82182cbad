internal import Foundation
internal import Kernels

/// Cosines and sines of rotary position embeddings for all positions up to a limit.
package final class RotaryTable {
    package let headSize: Int
    package let positionCount: Int
    let cosine: Storage
    let sine: Storage

    /// Angles position / theta^(2i/headSize) of RoPE (arXiv 2104.09864, equation 15).
    package init(headSize: Int, positionCount: Int, theta: Double) throws(TensorError) {
        precondition(headSize > 0 && headSize % 2 == 0, "a head of \(headSize) channels")
        self.headSize = headSize
        self.positionCount = positionCount
        let half = headSize / 2
        cosine = try Storage(count: positionCount * half)
        sine = try Storage(count: positionCount * half)
        for i in 0..<half {
            let frequency = Float(1 / pow(theta, Double(2 * i) / Double(headSize)))
            for position in 0..<positionCount {
                let angle = Float(position) * frequency
                cosine.base[position * half + i] = Foundation.cos(angle)
                sine.base[position * half + i] = Foundation.sin(angle)
            }
        }
    }

    /// What turns channels `pair` and `pair` + headSize/2 at a position.
    package func factors(position: Int, pair: Int) -> (cosine: Float, sine: Float) {
        let index = position * (headSize / 2) + pair
        return (cosine.base[index], sine.base[index])
    }
}

struct RotateOperation {
    let tensor: Tensor
    let positions: UnsafeMutablePointer<Int32>
    let table: RotaryTable

    func apply(to values: UnsafeMutablePointer<Float>, sign: Float) {
        Rows.rotate(
            values, positions: positions, cosine: table.cosine.base, sine: table.sine.base,
            sign: sign, rows: tensor.rows, heads: tensor.columns / table.headSize,
            size: table.headSize)
    }

    func backward(on tape: Tape) {
        if let gradient = tape.arrivedGradient(tensor) { apply(to: gradient, sign: -1) }
    }
}

extension Tape {
    /// Rotates every head of a tensor [rows, heads·headSize] by its row's position, in place.
    package func rotate(_ tensor: Tensor, positions: [Int32], table: RotaryTable) {
        precondition(positions.count == tensor.rows && tensor.columns % table.headSize == 0)
        precondition(
            positions.allSatisfy { $0 >= 0 && $0 < table.positionCount },
            "a position beyond the table of \(table.positionCount)")
        let indices = arena.integers(positions.count)
        for (index, position) in positions.enumerated() { indices[index] = position }
        let operation = RotateOperation(tensor: tensor, positions: indices, table: table)
        operation.apply(to: data(tensor), sign: 1)
        record(.rotate(operation), keeping: indices, count: positions.count)
    }
}
