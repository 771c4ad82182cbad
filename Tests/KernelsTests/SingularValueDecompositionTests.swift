import Kernels
import TestSupport
import Testing

@Suite struct SingularValueDecompositionTests {
    static let shapes = [(1, 1), (1, 7), (7, 1), (5, 5), (12, 20), (20, 12), (40, 33)]

    private func check(_ svd: SingularValueDecomposition, _ matrix: [Float]) {
        let (rows, columns, count) = (svd.rows, svd.columns, svd.count)
        #expect(count == min(rows, columns))
        #expect(svd.values == svd.values.sorted(by: >))
        #expect(svd.values.allSatisfy { $0 >= 0 })
        let rebuilt = (0..<rows * columns).map { index in
            (0..<count).reduce(0.0) { sum, k in
                sum + Double(svd.left[index / columns * count + k]) * Double(svd.values[k])
                    * Double(svd.right[k * columns + index % columns])
            }
        }
        expectClose(rebuilt, doubles(matrix), absolute: 2e-5)
        for i in 0..<count {
            for j in 0..<count {
                let left = (0..<rows).reduce(0.0) {
                    $0 + Double(svd.left[$1 * count + i]) * Double(svd.left[$1 * count + j])
                }
                let right = (0..<columns).reduce(0.0) {
                    $0 + Double(svd.right[i * columns + $1]) * Double(svd.right[j * columns + $1])
                }
                expectClose([left, right], [i == j ? 1 : 0, i == j ? 1 : 0], absolute: 1e-5)
            }
        }
    }

    @Test("the triples are orthonormal and make up the matrix", arguments: shapes)
    func triples(rows: Int, columns: Int) {
        var random = RandomArrays(seed: 51)
        let matrix = random.floats(rows * columns)
        let portable = SingularValueDecomposition.jacobi(matrix, rows: rows, columns: columns)
        let fast = SingularValueDecomposition.of(matrix, rows: rows, columns: columns)
        check(portable, matrix)
        check(fast, matrix)
        expectClose(fast.values, portable.values, relative: 1e-5, absolute: 1e-5)
    }

    @Test("a matrix of rank one has one singular value, the product of the norms")
    func rankOne() {
        let (x, y) = ([Float](arrayLiteral: 3, 4), [Float](arrayLiteral: 1, 2, 2))
        let matrix = x.flatMap { left in y.map { left * $0 } }
        for svd in [
            SingularValueDecomposition.of(matrix, rows: 2, columns: 3),
            SingularValueDecomposition.jacobi(matrix, rows: 2, columns: 3),
        ] {
            expectClose(svd.values, [15, 0], absolute: 1e-5)
        }
    }

    @Test("rows become orthonormal and span what they spanned")
    func orthonormalRows() {
        var random = RandomArrays(seed: 52)
        let before = random.floats(6 * 10)
        var after = before
        Orthonormal.rows(&after, rows: 6, columns: 10)
        for i in 0..<6 {
            // Each row is made of itself and the rows before it.
            var rest = (0..<10).map { Double(before[i * 10 + $0]) }
            for j in 0...i {
                let shared = (0..<10).reduce(0.0) { $0 + rest[$1] * Double(after[j * 10 + $1]) }
                for k in 0..<10 { rest[k] -= shared * Double(after[j * 10 + k]) }
                let product = (0..<10).reduce(0.0) {
                    $0 + Double(after[i * 10 + $1]) * Double(after[j * 10 + $1])
                }
                expectClose([product], [i == j ? 1 : 0], absolute: 1e-6)
            }
            expectClose(rest, Array(repeating: 0, count: 10), absolute: 1e-5)
        }
    }
}
