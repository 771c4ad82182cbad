import Kernels
import TestSupport
import Testing

@Suite struct ColumnsTests {
    static let shapes = [(1, 1), (3, 7), (5, 64), (70, 300), (1, 20_000), (9, 4_001)]

    @Test("scaling columns, alone and on top", arguments: shapes)
    func scaling(rows: Int, columns: Int) {
        var random = RandomArrays(seed: 41)
        let (x, factors) = (random.floats(rows * columns), random.floats(columns))
        var y = [Float](repeating: .nan, count: x.count)
        Columns.scale(x, by: factors, into: &y, rows: rows, columns: columns)
        let expected = x.indices.map { x[$0] * factors[$0 % columns] }
        #expect(y == expected)
        Columns.scale(x, by: factors, into: &y, accumulate: true, rows: rows, columns: columns)
        expectClose(y, expected.map { 2 * $0 })
    }

    @Test("the sums of products of columns equal those in double precision", arguments: shapes)
    func products(rows: Int, columns: Int) {
        var random = RandomArrays(seed: 42)
        let (x, y) = (random.floats(rows * columns), random.floats(rows * columns))
        var sums = [Float](repeating: .nan, count: columns)
        Columns.products(x, y, into: &sums, rows: rows, columns: columns)
        let expected = (0..<columns).map { column in
            (0..<rows).reduce(0.0) {
                $0 + Double(x[$1 * columns + column]) * Double(y[$1 * columns + column])
            }
        }
        expectClose(doubles(sums), expected, relative: 1e-5, absolute: 1e-5)
    }

    @Test("a vector added to every row, and the sums of columns", arguments: shapes)
    func rows(rows: Int, columns: Int) {
        var random = RandomArrays(seed: 43)
        let (x, row) = (random.floats(rows * columns), random.floats(columns))
        var y = x
        Columns.addRow(row, into: &y, rows: rows, columns: columns)
        #expect(y == x.indices.map { x[$0] + row[$0 % columns] })
        var sums = row
        Columns.addSums(of: x, into: &sums, rows: rows, columns: columns)
        let expected = (0..<columns).map { column in
            (0..<rows).reduce(Double(row[column])) { $0 + Double(x[$1 * columns + column]) }
        }
        expectClose(doubles(sums), expected, relative: 1e-5, absolute: 1e-5)
    }

    @Test("dot products of rows")
    func dotProducts() {
        #expect(
            Rows.dotProducts([1, 2, 3, 4, 5, 6], [1, 1, 1, 2, 0, -1], rows: 2, channels: 3)
                == [6, 2])
    }

    @Test("routes add each source to its target, and back", arguments: [1, 2, 900])
    func routes(rows: Int) {
        // A run of three, a column used twice, a target met twice, a column that wraps.
        let pairs = [(0, 4), (1, 5), (2, 6), (1, 0), (6, 0), (6, 1), (0, 2)]
        let routes = ColumnRoutes(pairs.map { (source: $0.0, target: $0.1) })
        #expect(routes.sourceCount == 7)
        #expect(routes.targetCount == 7)
        var random = RandomArrays(seed: 43)
        let (x, start) = (random.floats(rows * 7), random.floats(rows * 8))
        var y = start
        Columns.route(x, columns: 7, into: &y, columns: 8, routes: routes, rows: rows)
        var expected = start
        for row in 0..<rows {
            for (source, target) in pairs { expected[row * 8 + target] += x[row * 7 + source] }
        }
        #expect(y == expected)
        var back = x
        Columns.route(
            start, columns: 8, into: &back, columns: 7, routes: routes, isReversed: true,
            rows: rows)
        var expectedBack = x
        for row in 0..<rows {
            for (source, target) in pairs {
                expectedBack[row * 7 + source] += start[row * 8 + target]
            }
        }
        expectClose(back, expectedBack)
    }
}
