import Adapters
import Foundation

/// MoRA's update in double precision, written from the paper's equations, one input at a time.
struct MoRAReference {
    let kind: MoRAOperator
    /// M, row by row.
    var matrix: [[Double]]
    /// Outputs.
    let rows: Int
    /// Inputs.
    let columns: Int

    private var size: Int { matrix.count }
    private var blockCount: Int { (columns + size - 1) / size }

    /// ΔW·x.
    func output(_ x: [Double]) -> [Double] {
        switch kind {
        case .truncation:
            return applied(Array(x.prefix(size)))
                + Array(repeating: 0, count: rows - size)
        case .sharing:
            var sums = Array(repeating: 0.0, count: size)
            for t in 0..<blockCount * size { sums[t % size] += x[t % columns] }
            let mixed = applied(sums)
            return (0..<rows).map { mixed[$0 % size] }
        case .contiguous:
            var (sums, next) = ([Double](), 0)
            for length in groupLengths(columns) {
                sums.append(x[next..<next + length].reduce(0, +))
                next += length
            }
            return zip(applied(sums), groupLengths(rows)).flatMap {
                Array(repeating: $0, count: $1)
            }
        case .decouple, .rotation:
            let mixed = (0..<blockCount).flatMap { applied(block($0, x)) }
            return (0..<rows).map { mixed[$0 % mixed.count] }
        }
    }

    /// Block `index` of the circularly continued input, rotated if the operator says so.
    private func block(_ index: Int, _ x: [Double]) -> [Double] {
        let plain = (0..<size).map { x[(index * size + $0) % columns] }
        guard kind == .rotation else { return plain }
        let half = size / 2
        return (0..<size).map { j in
            let angle = Double(index) * pow(10_000, -2 * Double(j % half) / Double(size))
            let partner = j < half ? -plain[j + half] : plain[j - half]
            return plain[j] * cos(angle) + partner * sin(angle)
        }
    }

    private func groupLengths(_ total: Int) -> [Int] {
        let least = total / size
        return (0..<size).map { $0 < total - size * least ? least + 1 : least }
    }

    private func applied(_ x: [Double]) -> [Double] {
        matrix.map { row in zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// ΔW, [outputs][inputs].
    var update: [[Double]] {
        let columnsOfUpdate = (0..<columns).map { output(unit($0, columns)) }
        return (0..<rows).map { row in columnsOfUpdate.map { $0[row] } }
    }

    /// The gradients of ⟨upstream, ΔW·x⟩, from its linearity in each of M's entries and x's.
    func gradients(x: [Double], upstream: [Double]) -> (matrix: [Double], input: [Double]) {
        func product(_ y: [Double]) -> Double {
            zip(y, upstream).reduce(0) { $0 + $1.0 * $1.1 }
        }
        var ofMatrix: [Double] = []
        for row in 0..<size {
            for column in 0..<size {
                var single = self
                single.matrix = Array(
                    repeating: Array(repeating: 0, count: size), count: size)
                single.matrix[row][column] = 1
                ofMatrix.append(product(single.output(x)))
            }
        }
        return (ofMatrix, (0..<columns).map { product(output(unit($0, columns))) })
    }

    private func unit(_ index: Int, _ count: Int) -> [Double] {
        (0..<count).map { $0 == index ? 1 : 0 }
    }
}

/// The rank of a matrix by elimination with full pivoting.
func numericalRank(_ matrix: [[Double]], relative: Double = 1e-5) -> Int {
    var rows = matrix
    var (rank, largest) = (0, 0.0)
    while rank < min(rows.count, rows.first?.count ?? 0) {
        var pivot = (row: rank, column: rank)
        for row in rank..<rows.count {
            for column in rank..<rows[row].count
            where abs(rows[row][column]) > abs(rows[pivot.row][pivot.column]) {
                pivot = (row, column)
            }
        }
        largest = max(largest, abs(rows[pivot.row][pivot.column]))
        guard abs(rows[pivot.row][pivot.column]) > relative * largest else { break }
        rows.swapAt(rank, pivot.row)
        for row in rows.indices { rows[row].swapAt(rank, pivot.column) }
        for row in rank + 1..<max(rank + 1, rows.count) {
            let factor = rows[row][rank] / rows[rank][rank]
            for column in rank..<rows[row].count {
                rows[row][column] -= factor * rows[rank][column]
            }
        }
        rank += 1
    }
    return rank
}
