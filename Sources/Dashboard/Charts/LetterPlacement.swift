/// Finds room for arm letters beside the ends of their lines.
struct LetterPlacement {
    let region: Region
    private var taken: Set<Int> = []

    init(region: Region) { self.region = region }

    /// The nearest cell to (`row`, `column`) that no other letter has, blank if there is one.
    ///
    /// Moving sideways is preferred to moving up or down, which would misstate the value, and
    /// right to left.
    mutating func place(row: Int, column: Int, on grid: CellGrid) -> (row: Int, column: Int)? {
        var best: (cost: Int, row: Int, column: Int)?
        for r in region.row..<max(region.row, region.endRow) {
            for c in region.column..<max(region.column, region.endColumn)
            where !taken.contains(r * grid.columns + c) {
                let across = c - column
                let isFree = grid[r, c].scalar == " "
                let cost =
                    3 * abs(r - row) + (across < 0 ? 2 - 4 * across : across) + (isFree ? 0 : 400)
                if cost < best?.cost ?? .max { best = (cost, r, c) }
            }
        }
        guard let best else { return nil }
        taken.insert(best.row * grid.columns + best.column)
        return (best.row, best.column)
    }
}
