import Kernels
import TestSupport
import Testing

@Suite struct RowProductsTests {
    private struct Case {
        var rows: Int
        var inner: Int
        var columns: Int
        var x: [Float]
        var weight: [Float]

        init(rows: Int, inner: Int, columns: Int) {
            var random = RandomArrays(seed: 9)
            (self.rows, self.inner, self.columns) = (rows, inner, columns)
            x = random.floats(rows * inner)
            weight = random.floats(columns * inner)
        }

        func product(
            firstRows count: Int, alpha: Float = 1, beta: Float = 0, onto start: Float = .nan
        ) -> [Float] {
            var y = [Float](repeating: start, count: count * columns)
            var scratch = [Float](
                repeating: .nan, count: RowProducts.scratchCount(rows: count, inner: inner))
            RowProducts.multiply(
                x, stride: inner, weight, weightStride: inner, into: &y, rows: count,
                inner: inner, columns: columns, alpha: alpha, beta: beta, scratch: &scratch)
            return y
        }

        func expected(row: Int, column: Int) -> Double {
            (0..<inner).reduce(0) {
                $0 + Double(x[row * inner + $1]) * Double(weight[column * inner + $1])
            }
        }
    }

    @Test(
        "equals the sums in double precision", arguments: [1, 15, 16, 17, 63, 64, 65, 130],
        [1, 5, 11, 12, 13, 100])
    func equalsReference(rows: Int, columns: Int) {
        for inner in [1, 16, 37] {
            let sample = Case(rows: rows, inner: inner, columns: columns)
            let sums = (0..<rows * columns).map {
                sample.expected(row: $0 / columns, column: $0 % columns)
            }
            expectClose(
                doubles(sample.product(firstRows: rows)), sums, relative: 1e-5, absolute: 1e-5)
            expectClose(
                doubles(sample.product(firstRows: rows, alpha: 0.5, beta: 2, onto: 3)),
                sums.map { 0.5 * $0 + 6 }, relative: 1e-5, absolute: 1e-5)
        }
    }

    @Test("a row has the same bits whatever the number of rows and threads")
    func rowsApart() {
        let sample = Case(rows: 150, inner: 70, columns: 500)
        let whole = bits(sample.product(firstRows: 150))
        for rows in [1, 2, 7, 16, 17, 33, 48, 64, 65, 100, 129] {
            for some in withThreads({ bits(sample.product(firstRows: rows)) }) {
                #expect(some == Array(whole.prefix(rows * 500)), "\(rows) rows")
            }
        }
    }
}
