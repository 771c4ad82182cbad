internal import Foundation
internal import Kernels

/// Cosines and sines of rotary position embeddings for all positions up to a limit.
///
/// Addresses are reserved for all of them, but a position is worked out when a sequence is first so
/// long: the memory grows with what is used, not with the limit.
package final class RotaryTable {
    package let headSize: Int
    package let positionCount: Int
    /// The channels of each head that are turned, the first ones.
    package var rotated: Int { 2 * frequencies.count }
    /// [positionCount, rotated / 2], filled up to `filled`.
    let cosine: UnsafeMutablePointer<Float>
    let sine: UnsafeMutablePointer<Float>
    private let frequencies: [Float]
    /// How many positions are worked out.
    package private(set) var filled = 0

    /// Angles position / theta^(2i/headSize) of RoPE (arXiv 2104.09864, equation 15).
    package convenience init(headSize: Int, positionCount: Int, theta: Double) throws(TensorError) {
        precondition(headSize > 0 && headSize % 2 == 0, "a head of \(headSize) channels")
        try self.init(
            headSize: headSize, positionCount: positionCount,
            frequencies: (0..<headSize / 2).map { i in
                1 / pow(theta, Double(2 * i) / Double(headSize))
            })
    }

    /// Angles position · frequencies[i] for the channels i and i + frequencies.count.
    package init(
        headSize: Int, positionCount: Int, frequencies: [Double]
    ) throws(TensorError) {
        precondition(
            !frequencies.isEmpty && 2 * frequencies.count <= headSize,
            "\(frequencies.count) angles for a head of \(headSize) channels")
        let count = positionCount * frequencies.count
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
        self.frequencies = frequencies.map { Float($0) }
    }

    deinit {
        Memory.free(cosine, count: positionCount * frequencies.count)
        Memory.free(sine, count: positionCount * frequencies.count)
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

    /// What turns channels `pair` and `pair` + rotated/2 at a position.
    package func factors(position: Int, pair: Int) -> (cosine: Float, sine: Float) {
        fill(to: position + 1)
        let index = position * frequencies.count + pair
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
            size: table.headSize, rotated: table.rotated)
    }

    func backward(on tape: Tape) {
        if let gradient = tape.arrivedGradient(tensor) { apply(to: gradient, sign: -1) }
    }
}

extension Tape {
    /// Rotates every head of a tensor [rows, heads·headSize], or its first channels, by its row's
    /// position, in place.
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
