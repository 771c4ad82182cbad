import RunEvents

/// Plain status lines for screens too small for a chart.
struct StatusPane: Sendable, Equatable {
    func draw(in region: Region, arms pane: ArmsPane, on grid: inout CellGrid, scene: Scene) {
        var area = region
        let rows = scene.rows
        guard !rows.isEmpty else {
            grid.write("waiting", row: area.row, column: area.column, limit: area.columns)
            return
        }
        if area.rows > rows.count, let activity = HeaderPane.activity(scene).first {
            let top = area.takeTop(1)
            grid.write(
                activity, row: top.row, column: top.column, limit: top.columns,
                style: CellStyle(.dim))
        }
        for (index, row) in scene.selection.window(of: rows, count: area.rows).enumerated() {
            grid.write(
                line(row, pane: pane, width: area.columns, scene: scene), row: area.row + index,
                column: area.column, limit: area.columns)
        }
    }

    /// Letter, step, learning, forgetting, and the name where there is room.
    private func line(_ row: ArmRow, pane: ArmsPane, width: Int, scene: Scene) -> StyledText {
        let learn = scene.reading(of: scene.learn.choice, row: row, atCursor: false)?.value
        let forget = scene.reading(of: scene.forget.choice, row: row, atCursor: false)?.value
        let isSelected = scene.selection.isSelected(row)
        var line = StyledText(
            String(isSelected ? scene.glyphs.selected : " "), CellStyle(.accent, bold: true))
        line.append(row.isNested ? " " : String(row.first.letter), scene.style(of: row.first))
        let numbers = [
            row.isArm ? row.doneText : String(row.step), learn.map(NumberText.value) ?? "-",
            forget.map(NumberText.signed) ?? "-",
        ]
        let text = numbers.map { DisplayText.rightAligned($0, width: 6) }.joined(separator: " ")
        let room = width - 3 - text.count - 1
        if room >= 6 {
            let name = DisplayText.fittedName(
                scene.name(of: row), width: room, ellipsis: scene.glyphs.ellipsis)
            line.append(" " + DisplayText.padded(name, width: room))
        }
        line.append(" " + (room >= 0 ? text : numbers.joined(separator: " ")))
        return line
    }
}
