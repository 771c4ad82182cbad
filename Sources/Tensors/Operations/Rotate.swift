internal import Foundation
internal import Kernels

/// Cosines and sines of rotary position embeddings for all positions up to a limit.
///
/// Addresses are reserved for all of them, but a position is worked out when a sequence is first so
/// long: the memory grows with what is used, not with the limit.
package final class RotaryTable {
    package let headSize: Int
    package let positionCount: Int
    /// [positionCount, headSize / 2], filled up to `filled`.
    let cosine: UnsafeMutablePointer<Float>
    let sine: UnsafeMutablePointer<Float>
    private let frequencies: [Float]
    /// How many positions are worked out.
    package private(set) var filled = 0

    /// Angles position / theta^(2i/headSize) of RoPE (arXiv 2104.09864, equation 15).
    package init(headSize: Int, positionCount: Int, theta: Double) throws(TensorError) {
        precondition(headSize > 0 && headSize % 2 == 0, "a head of \(headSize) channels")
        let count = positionCount * headSize / 2
        guard let cosine = Memory.reserve(count: count) else {
            throw .lacking(count * MemoryLayout<Float>.stride)
        }
        guard let sine = Memory.reserve(count: count) else {
            Memory.free(cosine, count: count)
            throw .lacking(count * MemoryLayout<Float>.stride)
        }
        self.headSize = headSize
        self.positionCount = positionCount
        self.cosine = cosine
        self.sine = sine
        frequencies = (0..<headSize / 2).map { i in
            Float(1 / pow(theta, Double(2 * i) / Double(headSize)))
        }
    }

    deinit {
        Memory.free(cosine, count: positionCount * headSize / 2)
        Memory.free(sine, count: positionCount * headSize / 2)
    }

    /// Works out the positions below `count` that are not yet.
    func fill(to count: Int) {
        precondition(count <= positionCount, "a position beyond the table of \(positionCount)")
        for position in min(filled, count)..<count {
            for (i, frequency) in frequencies.enumerated() {
                let angle = Float(position) * frequency
                cosine[position * frequencies.count + i] = Foundation.cos(angle)
                sine[position * frequencies.count + i] = Foundation.sin(angle)
            }
        }
        filled = max(filled, count)
    }

    /// What turns channels `pair` and `pair` + headSize/2 at a position.
    package func factors(position: Int, pair: Int) -> (cosine: Float, sine: Float) {
        fill(to: position + 1)
        let index = position * (headSize / 2) + pair
        return (cosine[index], sine[index])
    }
}

struct RotateOperation {
    let tensor: Tensor
    let positions: UnsafeMutablePointer<Int32>
    let table: RotaryTable

    func apply(to values: UnsafeMutablePointer<Float>, sign: Float) {
        Rows.rotate(
            values, positions: positions, cosine: table.cosine, sine: table.sine,
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
        precondition(positions.allSatisfy { $0 >= 0 }, "a negative position")
        table.fill(to: Int(positions.max() ?? -1) + 1)
        let indices = arena.integers(positions.count)
        for (index, position) in positions.enumerated() { indices[index] = position }
        let operation = RotateOperation(tensor: tensor, positions: indices, table: table)
        operation.apply(to: data(tensor), sign: 1)
        record(.rotate(operation), keeping: indices, count: positions.count)
    }
}
