internal import CKernels

/// Operations that treat the columns of a matrix differently, split over the pool.
///
/// Letters in shapes: N rows, C columns.
package enum Columns {
    /// y[i,j] = x[i,j] · factors[j], or += when it accumulates.
    package static func scale(
        _ x: UnsafePointer<Float>, by factors: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, accumulate: Bool = false, rows: Int, columns: Int
    ) {
        Rows.split(rows, columns) { part in
            let offset = part.lowerBound * columns
            if accumulate {
                lk_accumulate_scaled_columns(x + offset, factors, y + offset, part.count, columns)
            } else {
                lk_scale_columns(x + offset, factors, y + offset, part.count, columns)
            }
        }
    }

    /// sums[j] = Σᵢ x[i,j] · y[i,j].
    package static func products(
        _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
        into sums: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) {
        Workers.split(columns, grain: max(64, Rows.grain / max(1, rows))) { part in
            let start = part.lowerBound
            lk_column_products(x + start, y + start, sums + start, rows, part.count, columns)
        }
    }

    /// y[i,j] += row[j].
    package static func addRow(
        _ row: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) {
        Rows.split(rows, columns) { part in
            lk_add_row(y + part.lowerBound * columns, row, part.count, columns)
        }
    }

    /// sums[j] += Σᵢ x[i,j].
    package static func addSums(
        of x: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) {
        Workers.split(columns, grain: max(64, Rows.grain / max(1, rows))) { part in
            let start = part.lowerBound
            lk_add_column_sums(x + start, sums + start, rows, part.count, columns)
        }
    }

    /// y[i, target] += x[i, source] for every pair of a list of routes.
    ///
    /// - Shapes: x [N, `from`], y [N, `to`].
    package static func route(
        _ x: UnsafePointer<Float>, columns from: Int, into y: UnsafeMutablePointer<Float>,
        columns to: Int, routes: ColumnRoutes, isReversed: Bool = false, rows: Int
    ) {
        let runs = isReversed ? routes.reversed : routes.runs
        runs.withUnsafeBufferPointer { runs in
            guard let base = runs.baseAddress else { return }
            Rows.split(rows, max(from, to)) { part in
                lk_route_columns(
                    x + part.lowerBound * from, from, y + part.lowerBound * to, to, base,
                    runs.count, part.count)
            }
        }
    }
}

/// Which columns of one matrix are added to which of another: a linear map of zeros and ones.
package struct ColumnRoutes: Sendable {
    let runs: [lk_column_run]
    /// The transposed map.
    let reversed: [lk_column_run]
    /// The columns that both matrices must at least have.
    package let sourceCount: Int
    package let targetCount: Int
    /// Every pair, in order.
    package let pairs: [(source: Int, target: Int)]

    /// Neighbouring pairs become runs.
    package init(_ pairs: [(source: Int, target: Int)]) {
        var runs: [lk_column_run] = []
        for (source, target) in pairs {
            if let last = runs.last, Int(last.source + last.length) == source,
                Int(last.target + last.length) == target
            {
                runs[runs.count - 1].length += 1
            } else {
                runs.append(
                    lk_column_run(source: Int32(source), target: Int32(target), length: 1))
            }
        }
        precondition(pairs.allSatisfy { $0.source >= 0 && $0.target >= 0 }, "a negative column")
        self.pairs = pairs
        self.runs = runs
        reversed = runs.map {
            lk_column_run(source: $0.target, target: $0.source, length: $0.length)
        }
        sourceCount = (pairs.map(\.source).max() ?? -1) + 1
        targetCount = (pairs.map(\.target).max() ?? -1) + 1
    }
}
