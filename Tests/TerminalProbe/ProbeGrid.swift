import Dashboard

/// The known grid: a frame up to the screen's corners, a message, every colour, long runs.
enum ProbeGrid {
    static func make(
        rows: Int, columns: Int, glyphs: ScreenCapabilities.Glyphs, message: String
    ) -> CellGrid {
        var grid = CellGrid(rows: rows, columns: columns)
        drawFrame(&grid, isUTF8: glyphs != .ascii)
        write("\(rows)x\(columns) \(glyphs)", at: 1, .init(.accent), in: &grid)
        write(message, at: 2, .init(.standard, bold: true), in: &grid)
        let styles: [CellColor] = [.standard, .dim, .good, .warning, .alert, .accent]
        for (index, color) in styles.enumerated() {
            write("role \(index)", at: 3 + index, .init(color, reversed: index == 0), in: &grid)
        }
        for arm in 0..<8 {
            let run = String(repeating: sample(glyphs), count: max(0, columns - 20))
            write("arm \(arm) \(run)", at: 9 + arm, .init(.arm(arm)), in: &grid)
        }
        return grid
    }

    private static func sample(_ glyphs: ScreenCapabilities.Glyphs) -> String {
        switch glyphs {
        case .braille: "⣀⡠⠤⠒⠉"
        case .block: "▁▃▅▇█"
        case .ascii: ".-=*#"
        }
    }

    private static func drawFrame(_ grid: inout CellGrid, isUTF8: Bool) {
        let corner = Cell(isUTF8 ? "┼" : "+", .init(.dim))
        for column in 0..<grid.columns {
            grid[0, column] = Cell(isUTF8 ? "─" : "-", .init(.dim))
            grid[grid.rows - 1, column] = grid[0, column]
        }
        for row in 0..<grid.rows {
            grid[row, 0] = Cell(isUTF8 ? "│" : "|", .init(.dim))
            grid[row, grid.columns - 1] = grid[row, 0]
        }
        for row in [0, grid.rows - 1] {
            grid[row, 0] = corner
            grid[row, grid.columns - 1] = corner
        }
    }

    private static func write(
        _ text: String, at row: Int, _ style: CellStyle, in grid: inout CellGrid
    ) {
        guard row < grid.rows - 1 else { return }
        for (index, scalar) in text.unicodeScalars.enumerated() where index < grid.columns - 4 {
            grid[row, index + 2] = Cell(scalar, style)
        }
    }
}
