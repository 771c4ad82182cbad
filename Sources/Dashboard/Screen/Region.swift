/// A rectangle of cells.
struct Region: Equatable, Sendable {
    var row: Int
    var column: Int
    var rows: Int
    var columns: Int

    /// The first row and column after the rectangle.
    var endRow: Int { row + rows }
    var endColumn: Int { column + columns }
    var isEmpty: Bool { rows <= 0 || columns <= 0 }

    /// The rectangle without `rows` at top and bottom and `columns` at both sides.
    func inset(rows: Int = 1, columns: Int = 1) -> Region {
        Region(
            row: row + rows, column: column + columns, rows: max(0, self.rows - 2 * rows),
            columns: max(0, self.columns - 2 * columns))
    }

    /// Cuts `count` rows off the top and returns them.
    mutating func takeTop(_ count: Int) -> Region {
        let taken = min(max(0, count), rows)
        let part = Region(row: row, column: column, rows: taken, columns: columns)
        row += taken
        rows -= taken
        return part
    }

    /// Cuts `count` rows off the bottom and returns them.
    mutating func takeBottom(_ count: Int) -> Region {
        let taken = min(max(0, count), rows)
        rows -= taken
        return Region(row: endRow, column: column, rows: taken, columns: columns)
    }

    /// Cuts `count` columns off the left and returns them.
    mutating func takeLeft(_ count: Int) -> Region {
        let taken = min(max(0, count), columns)
        let part = Region(row: row, column: column, rows: rows, columns: taken)
        column += taken
        columns -= taken
        return part
    }

    /// Cuts `count` columns off the right and returns them.
    mutating func takeRight(_ count: Int) -> Region {
        let taken = min(max(0, count), columns)
        columns -= taken
        return Region(row: row, column: endColumn, rows: rows, columns: taken)
    }

    /// A rectangle of at most the given size in the middle of this one.
    func centred(rows: Int, columns: Int) -> Region {
        let height = min(rows, self.rows)
        let width = min(columns, self.columns)
        return Region(
            row: row + (self.rows - height) / 2, column: column + (self.columns - width) / 2,
            rows: height, columns: width)
    }
}
