/// A verdict in lines of a width: its sentences, the surest first, and dim below them what weakens
/// them.
struct VerdictText {
    let lines: [StyledText]

    init(_ told: ToldVerdict, width: Int) {
        let sentences = told.pairs.map(\.sentence) + told.others
        lines =
            sentences.flatMap { Self.lines(of: $0, .standard, width: width) }
            + told.remarks.flatMap { Self.lines(of: $0, CellStyle(.dim), width: width) }
    }

    /// Why there is none.
    init(reason: String, width: Int) {
        lines = Self.lines(of: reason, CellStyle(.dim), width: width)
    }

    private static func lines(of text: String, _ style: CellStyle, width: Int) -> [StyledText] {
        DisplayText.wrapped(text, width: width).map { StyledText($0, style) }
    }

    /// Writes what fits from a line on; where there is more, the last row tells so, and by `hint` how
    /// to see it.
    func draw(in region: Region, from offset: Int = 0, hint: String, on grid: inout CellGrid) {
        let isCut = lines.count > region.rows
        let start = max(0, min(offset, lines.count - region.rows + 1))
        let shown = lines.dropFirst(isCut ? start : 0).prefix(region.rows - (isCut ? 1 : 0))
        for (index, line) in shown.enumerated() {
            grid.write(
                line, row: region.row + index, column: region.column, limit: region.columns)
        }
        guard isCut, region.rows > 0 else { return }
        let below = lines.count - start - shown.count
        let more = (start > 0 ? "\(start) above, " : "") + "\(below) below: \(hint)"
        grid.write(
            more, row: region.endRow - 1, column: region.column, limit: region.columns,
            style: CellStyle(.accent))
    }
}
