internal import CKernels

/// A matrix as a sum of singular triples, the largest first: A = Σᵢ values[i] · left[:,i] · right[i,:].
package struct SingularValueDecomposition {
    /// [rows, count], the left vectors in columns.
    package let left: [Float]
    /// The singular values, falling; `count` = min(rows, columns).
    package let values: [Float]
    /// [count, columns], the right vectors in rows.
    package let right: [Float]
    package let rows: Int
    package let columns: Int

    package var count: Int { values.count }

    /// By LAPACK's sgesdd where the BLAS in use has it, else by `jacobi`.
    package static func of(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int
    ) -> SingularValueDecomposition {
        let count = min(rows, columns)
        var left = [Float](repeating: 0, count: rows * count)
        var values = [Float](repeating: 0, count: count)
        var right = [Float](repeating: 0, count: count * columns)
        guard lk_svd(matrix, rows, columns, &left, &values, &right) else {
            return jacobi(matrix, rows: rows, columns: columns)
        }
        return SingularValueDecomposition(
            left: left, values: values, right: right, rows: rows, columns: columns)
    }

    /// By one-sided Jacobi rotations in double precision (Hestenes 1958): slow and portable.
    ///
    /// The vectors of a singular value of 0 on the longer side are 0.
    package static func jacobi(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int
    ) -> SingularValueDecomposition {
        let isWide = rows <= columns
        var system = RotatedRows(
            count: min(rows, columns), length: max(rows, columns),
            element: { isWide ? matrix[$0 * columns + $1] : matrix[$1 * columns + $0] })
        system.makeOrthogonal()
        let norms = system.norms
        let order = norms.indices.sorted { norms[$0] > norms[$1] }
        // The rows' side: unit rows; the other side: the accumulated rotations.
        let long = order.map { row in
            system.row(row).map { norms[row] > 0 ? Float($0 / norms[row]) : 0 }
        }
        let short = order.map { system.rotation($0).map { Float($0) } }
        let (rightRows, leftColumns) = isWide ? (long, short) : (short, long)
        return SingularValueDecomposition(
            left: (0..<rows).flatMap { row in leftColumns.map { $0[row] } },
            values: order.map { Float(norms[$0]) }, right: rightRows.flatMap { $0 },
            rows: rows, columns: columns)
    }
}

/// Rows that are rotated against each other until all are orthogonal, with the product of the
/// rotations.
private struct RotatedRows {
    private let count: Int
    private let length: Int
    /// Each row followed by its row of the rotation.
    private var values: [Double]

    private var stride: Int { length + count }

    init(count: Int, length: Int, element: (_ row: Int, _ column: Int) -> Float) {
        self.count = count
        self.length = length
        values = [Double](repeating: 0, count: count * (length + count))
        for row in 0..<count {
            for column in 0..<length {
                values[row * stride + column] = Double(element(row, column))
            }
            values[row * stride + length + row] = 1
        }
    }

    var norms: [Double] { (0..<count).map { dot($0, $0).squareRoot() } }

    func row(_ index: Int) -> ArraySlice<Double> {
        values[index * stride..<index * stride + length]
    }

    func rotation(_ index: Int) -> ArraySlice<Double> {
        values[index * stride + length..<(index + 1) * stride]
    }

    /// Sweeps over all pairs until none is rotated.
    mutating func makeOrthogonal() {
        let mostSweeps = 60
        for _ in 0..<mostSweeps {
            var isDone = true
            for first in 0..<count {
                for second in first + 1..<max(first + 1, count) where rotate(first, second) {
                    isDone = false
                }
            }
            if isDone { return }
        }
    }

    /// Makes two rows orthogonal; false if they are.
    private mutating func rotate(_ first: Int, _ second: Int) -> Bool {
        let (a, b, shared) = (dot(first, first), dot(second, second), dot(first, second))
        guard abs(shared) > 1e-12 * (a * b).squareRoot(), shared != 0 else { return false }
        let half = (b - a) / (2 * shared)
        let tangent = (half < 0 ? -1 : 1) / (abs(half) + (1 + half * half).squareRoot())
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        let sine = cosine * tangent
        for index in 0..<stride {
            let (x, y) = (values[first * stride + index], values[second * stride + index])
            values[first * stride + index] = cosine * x - sine * y
            values[second * stride + index] = sine * x + cosine * y
        }
        return true
    }

    private func dot(_ first: Int, _ second: Int) -> Double {
        var sum = 0.0
        for index in 0..<length {
            sum += values[first * stride + index] * values[second * stride + index]
        }
        return sum
    }
}
