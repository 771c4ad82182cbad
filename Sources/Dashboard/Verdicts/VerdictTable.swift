/// A small table of a verdict: a line an arm with its letter, name and right-aligned cells.
struct VerdictTable {
    /// One arm's cells.
    struct Row: Sendable, Equatable {
        /// As the verdict calls it.
        var arm: String
        var cells: [String]
    }

    /// What the table is about, above the names.
    var title: String
    var headings: [String]
    var rows: [Row]

    private static let (mostNameColumns, gap) = (24, 2)

    /// A heading and a line an arm, of at most `width` columns; columns without room are left out and
    /// counted.
    func lines(width: Int, scene: Scene) -> [StyledText] {
        let arms = rows.map { DisplayText.width($0.arm) + 2 }.max() ?? 0
        let names = min(
            max(DisplayText.width(title), min(arms, Self.mostNameColumns)), max(8, width / 2))
        let widths = cellWidths(room: width - names)
        let missing = headings.count - widths.count
        var heading = StyledText(fitted(title, names, scene), CellStyle(.dim))
        heading.pad(to: names)
        heading.append(
            joined(headings, widths) + (missing > 0 ? " +\(missing)" : ""), CellStyle(.dim))
        return [heading] + rows.map { line($0, names: names, widths: widths, scene) }
    }

    private func line(_ row: Row, names: Int, widths: [Int], _ scene: Scene) -> StyledText {
        var text = StyledText()
        if let arm = scene.record(ofJudged: row.arm) {
            text.append(String(arm.letter) + " ", scene.style(of: arm))
        }
        text.append(
            DisplayText.fittedName(row.arm, width: names - 2, ellipsis: scene.glyphs.ellipsis))
        text.pad(to: names)
        text.append(joined(row.cells, widths))
        return text
    }

    private func cellWidths(room: Int) -> [Int] {
        let needed = headings.indices.map { index in
            ([headings[index]] + rows.map { $0.cells[index] }).map(DisplayText.width).max() ?? 0
        }
        var widths = needed.map { $0 + Self.gap }
        guard widths.reduce(0, +) > room else { return widths }
        while !widths.isEmpty, widths.reduce(Self.moreColumns, +) > room { widths.removeLast() }
        return widths
    }

    /// What ` +2` takes, the number of columns for which there is no room.
    private static let moreColumns = 3

    private func joined(_ cells: [String], _ widths: [Int]) -> String {
        zip(cells, widths).map { DisplayText.rightAligned($0, width: $1) }.joined()
    }

    private func fitted(_ text: String, _ width: Int, _ scene: Scene) -> String {
        DisplayText.fitted(text, width: width, ellipsis: scene.glyphs.ellipsis)
    }
}
