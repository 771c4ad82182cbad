import Verdicts

/// The arms at equal learning: what each had forgotten at its best rate, by the verdict.
struct LevelsPane: Sendable, Equatable {
    /// Columns of names, and of a cell such as `+0.320 @1.25e-3`.
    private static let (nameColumns, cellColumns) = (16, 18)
    private static let mostLevels = 8

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        var area = region.inset(rows: isFramed ? 1 : 0, columns: isFramed ? 2 : 1)
        if !isFramed { _ = area.takeTop(1) }
        let count = min(Self.mostLevels, (area.columns - Self.nameColumns) / Self.cellColumns)
        var table = scene.verdict.told?.levels(count: max(1, count))
        let window = window(of: table?.rows ?? [], count: area.rows - 1, scene)
        let all = table?.rows.count ?? 0
        table?.rows = Array(window)
        let places =
            window.count < all ? "\(window.startIndex + 1)-\(window.endIndex) of \(all)" : ""
        drawEdge(of: region, isFramed: isFramed, places: places, on: &grid, scene: scene)
        let lines = table?.lines(width: area.columns, scene: scene) ?? [reason(scene)]
        for (index, line) in lines.prefix(area.rows).enumerated() {
            grid.write(line, row: area.row + index, column: area.column, limit: area.columns)
        }
    }

    private func drawEdge(
        of region: Region, isFramed: Bool, places: String, on grid: inout CellGrid, scene: Scene
    ) {
        let verdict = scene.verdict.verdict
        let what = verdict.map { "\($0.forgotten.name) at equal \($0.learned.name)" } ?? ""
        let title = scene.title("LEVELS", focus: nil, parts: [what, places], width: region.columns)
        if isFramed {
            grid.frame(region, title: title, glyphs: scene.glyphs)
        } else {
            grid.rule(region, title: title, glyphs: scene.glyphs, joins: false)
        }
    }

    /// The rows that fit, that of the selected arm among them.
    private func window(
        of rows: [VerdictTable.Row], count: Int, _ scene: Scene
    ) -> ArraySlice<VerdictTable.Row> {
        guard rows.count > max(0, count) else { return rows[...] }
        let selected = rows.firstIndex { $0.arm == scene.selectedRow?.first.judgedName } ?? 0
        let start = min(max(0, selected - count / 2), rows.count - max(0, count))
        return rows[start..<start + max(0, count)]
    }

    /// Why there are no rows.
    private func reason(_ scene: Scene) -> StyledText {
        let text = if case .impossible(let why) = scene.verdict { why } else { Scene.waiting }
        return StyledText(text, CellStyle(.dim))
    }
}
