import Kernels
import TestSupport
import Testing

@Suite struct GemmTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let rows: Int
        let inner: Int
        let columns: Int
        var testDescription: String { "\(rows)x\(inner)x\(columns)" }
    }

    static let shapes = [
        (1, 1, 1), (1, 17, 1), (1, 5, 33), (33, 1, 15), (3, 8, 16), (6, 256, 32), (7, 257, 33),
        (15, 600, 3), (65, 16, 1), (13, 3, 129), (64, 64, 64),
    ].map { Shape(rows: $0.0, inner: $0.1, columns: $0.2) }

    private typealias Product = (
        _ a: MatrixOperand, _ b: MatrixOperand, _ c: UnsafeMutablePointer<Float>, _ stride: Int,
        _ alpha: Float, _ beta: Float
    ) -> Void

    /// All transposes, with strides wider than the rows, and what must stay untouched between them.
    private func check(_ shape: Shape, alpha: Float, beta: Float, product: Product) {
        var random = RandomArrays(seed: 20)
        let (rows, inner, columns) = (shape.rows, shape.inner, shape.columns)
        for (transposeA, transposeB) in [
            (false, false), (false, true), (true, false), (true, true),
        ] {
            let (widthA, widthB) = (transposeA ? rows : inner, transposeB ? inner : columns)
            let a = random.floats((transposeA ? inner : rows) * (widthA + 3))
            let b = random.floats((transposeB ? columns : inner) * (widthB + 5))
            let stride = columns + 2
            let before = random.floats(rows * stride)
            // With a beta of 0 the old contents do not matter, not even a NaN.
            var c = beta == 0 ? before.map { _ in Float.nan } : before
            withPointers(a, b, &c) { a, b, c in
                product(
                    MatrixOperand(a, stride: widthA + 3, transposed: transposeA),
                    MatrixOperand(b, stride: widthB + 5, transposed: transposeB), c, stride, alpha,
                    beta)
            }
            let expected = Reference.product(
                packed(a, widthA, stride: widthA + 3), packed(b, widthB, stride: widthB + 5),
                rows: rows, inner: inner, columns: columns, transposing: (transposeA, transposeB))
            for row in 0..<rows {
                let start = row * stride
                let added = (0..<columns).map { column in
                    Double(alpha) * expected[row * columns + column]
                        + (beta == 0 ? 0 : Double(beta) * Double(before[start + column]))
                }
                expectClose(
                    doubles(Array(c[start..<start + columns])), added, relative: 1e-5,
                    absolute: 2e-6 * Double(inner).squareRoot())
                let gap = Array(c[start + columns..<start + stride])
                let untouched =
                    beta == 0
                    ? gap.allSatisfy { $0.isNaN }
                    : gap.elementsEqual(
                        before[start + columns..<start + stride])
                #expect(untouched)
            }
        }
    }

    private func packed(_ x: [Float], _ width: Int, stride: Int) -> [Double] {
        Swift.stride(from: 0, to: x.count, by: stride).flatMap {
            doubles(Array(x[$0..<$0 + width]))
        }
    }

    @Test("the BLAS in use multiplies rightly", arguments: shapes, [(1, 0), (1, 1), (-0.5, 0.25)])
    func single(shape: Shape, factors: (Float, Float)) {
        check(shape, alpha: factors.0, beta: factors.1) { a, b, c, stride, alpha, beta in
            Gemm.single(
                a, b, into: c, shape: (shape.rows, shape.inner, shape.columns), stride: stride,
                alpha, beta)
        }
    }

    @Test("the portable loop does, too", arguments: shapes, [(1, 0), (1, 1), (-0.5, 0.25)])
    func portable(shape: Shape, factors: (Float, Float)) {
        check(shape, alpha: factors.0, beta: factors.1) { a, b, c, stride, alpha, beta in
            Gemm.portable(
                a, b, into: c, shape: (shape.rows, shape.inner, shape.columns), stride: stride,
                alpha, beta)
        }
    }

    @Test(
        "a product that is split over threads has the same bits for any number of them",
        arguments: [
            Shape(rows: 70, inner: 400, columns: 333), Shape(rows: 333, inner: 400, columns: 70),
            Shape(rows: 1, inner: 512, columns: 9000),
        ], [false, true])
    func split(shape: Shape, transposed: Bool) {
        var random = RandomArrays(seed: 21)
        let (rows, inner, columns) = (shape.rows, shape.inner, shape.columns)
        let (a, b) = (random.floats(rows * inner), random.floats(inner * columns))
        let results = withThreads {
            var c = [Float](repeating: 1, count: rows * columns)
            withPointers(a, b, &c) { a, b, c in
                Gemm.multiply(
                    MatrixOperand(a, stride: transposed ? rows : inner, transposed: transposed),
                    MatrixOperand(b, stride: transposed ? inner : columns, transposed: transposed),
                    into: c, rows: rows, inner: inner, columns: columns, alpha: 0.5, beta: 2)
            }
            return c
        }
        #expect(results.allSatisfy { bits($0) == bits(results[0]) })
        // A few elements in double precision.
        for index in stride(from: 0, to: rows * columns, by: rows * columns / 50) {
            let (row, column) = (index / columns, index % columns)
            let sum = (0..<inner).reduce(0.0) { sum, k in
                let left = transposed ? a[k * rows + row] : a[row * inner + k]
                let right = transposed ? b[column * inner + k] : b[k * columns + column]
                return sum + Double(left) * Double(right)
            }
            expectClose([Double(results[0][index])], [0.5 * sum + 2], absolute: 1e-4)
        }
    }

    @Test("a library that is none is refused, and products go on working")
    func refusesNonsense() {
        let name = BLAS.name
        #expect(!BLAS.load(path: "/nonexistent/libblas.so"))
        #expect(BLAS.name == name)
        var c: [Float] = [0]
        withPointers([3], [4], &c) { a, b, c in
            Gemm.multiply(
                MatrixOperand(a, stride: 1), MatrixOperand(b, stride: 1), into: c, rows: 1,
                inner: 1, columns: 1)
        }
        #expect(c == [12])
    }

    private func withPointers(
        _ a: [Float], _ b: [Float], _ c: inout [Float],
        _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    ) {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                c.withUnsafeMutableBufferPointer { c in
                    guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else {
                        return
                    }
                    body(a, b, c)
                }
            }
        }
    }
}
