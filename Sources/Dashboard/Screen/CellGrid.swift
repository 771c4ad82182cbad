/// A screenful of cells.
///
/// Writes outside it are ignored.
package struct CellGrid: Sendable, Equatable {
    package let rows: Int
    package let columns: Int
    package private(set) var cells: [Cell]

    package init(rows: Int, columns: Int) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        cells = Array(repeating: .blank, count: self.rows * self.columns)
    }

    package subscript(row: Int, column: Int) -> Cell {
        get { contains(row, column) ? cells[row * columns + column] : .blank }
        set { if contains(row, column) { cells[row * columns + column] = newValue } }
    }

    package func contains(_ row: Int, _ column: Int) -> Bool {
        row >= 0 && row < rows && column >= 0 && column < columns
    }

    /// The text of the grid, one line a row, trailing blanks removed.
    package var text: String {
        (0..<rows).map { row in
            var line = String.UnicodeScalarView()
            for column in 0..<columns { line.append(cells[row * columns + column].scalar) }
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }
}
