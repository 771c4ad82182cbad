/// A verdict in lines of a width: who learns most within a budget, its sentences, the surest first, with
/// what the arms cost after the first few, and dim below them what weakens them.
struct VerdictText {
    let lines: [StyledText]

    /// Sentences above the tables; the sentences of all pairs can be many.
    private static let leading = 3

    init(_ told: ToldVerdict, width: Int, scene: Scene) {
        let sentences = told.pairs.map(\.sentence)
        let tables = [told.withinBudget, told.costs].compactMap { $0 }
        let remarks = CellStyle(.dim)
        lines =
            (told.budgetWinner.map { Self.lines(of: $0, CellStyle(.warning), width: width) } ?? [])
            + Self.lines(of: Array(sentences.prefix(Self.leading)), width: width)
            + tables.flatMap { [StyledText()] + $0.lines(width: width, scene: scene) }
            + (tables.isEmpty ? [] : [StyledText()])
            + Self.lines(of: sentences.dropFirst(Self.leading) + told.others, width: width)
            + told.remarks.flatMap { Self.lines(of: $0, remarks, width: width) }
    }

    /// Why there is none.
    init(reason: String, width: Int) {
        lines = Self.lines(of: reason, CellStyle(.dim), width: width)
    }

    private static func lines(of texts: [String], width: Int) -> [StyledText] {
        texts.flatMap { lines(of: $0, .standard, width: width) }
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
