/// Orthonormal systems of vectors.
package enum Orthonormal {
    /// Makes the rows of a matrix orthonormal, each from what the rows before it leave of it
    /// (modified Gram-Schmidt, in double precision).
    ///
    /// - Precondition: there are at most as many rows as columns, and they are independent.
    package static func rows(_ values: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
        precondition(rows <= columns, "\(rows) orthonormal rows of \(columns) entries")
        var basis = (0..<rows * columns).map { Double(values[$0]) }
        basis.withUnsafeMutableBufferPointer { basis in
            for row in 0..<rows {
                let current = UnsafeMutableBufferPointer(
                    rebasing: basis[row * columns..<(row + 1) * columns])
                for earlier in 0..<row {
                    let other = UnsafeMutableBufferPointer(
                        rebasing: basis[earlier * columns..<(earlier + 1) * columns])
                    let shared = dot(current, other)
                    for index in 0..<columns { current[index] -= shared * other[index] }
                }
                let scale = 1 / dot(current, current).squareRoot()
                for index in 0..<columns {
                    current[index] *= scale
                    values[row * columns + index] = Float(current[index])
                }
            }
        }
    }

    private static func dot(
        _ x: UnsafeMutableBufferPointer<Double>, _ y: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        var sum = 0.0
        for index in x.indices { sum += x[index] * y[index] }
        return sum
    }
}
