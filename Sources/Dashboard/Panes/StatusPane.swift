import RunEvents

/// Plain status lines for screens too small for a chart.
struct StatusPane: Sendable, Equatable {
    func draw(in region: Region, arms pane: ArmsPane, on grid: inout CellGrid, scene: Scene) {
        var area = region
        let arms = scene.arms
        guard !arms.isEmpty else {
            grid.write("waiting", row: area.row, column: area.column, limit: area.columns)
            return
        }
        if area.rows > arms.count, let activity = HeaderPane.activity(scene).first {
            let top = area.takeTop(1)
            grid.write(
                activity, row: top.row, column: top.column, limit: top.columns,
                style: CellStyle(.dim))
        }
        for (index, arm) in scene.selection.window(of: arms, count: area.rows).enumerated() {
            grid.write(
                line(arm, pane: pane, width: area.columns, scene: scene), row: area.row + index,
                column: area.column, limit: area.columns)
        }
    }

    /// Letter, step, learning, forgetting, and the name where there is room.
    private func line(_ arm: ArmRecord, pane: ArmsPane, width: Int, scene: Scene) -> StyledText {
        let learn = arm.series(of: scene.learn.choice)?.latest?.value
        let forget = arm.series(of: scene.forget.choice)?.latest?.value
        let isSelected = arm.name == scene.selection.selected
        var line = StyledText(
            String(isSelected ? scene.glyphs.selected : " "), CellStyle(.accent, bold: true))
        line.append(String(arm.letter), scene.style(of: arm))
        let numbers = [
            String(arm.step), learn.map(NumberText.value) ?? "-",
            forget.map(NumberText.signed) ?? "-",
        ]
        let text = numbers.map { DisplayText.rightAligned($0, width: 6) }.joined(separator: " ")
        let room = width - 3 - text.count - 1
        if room >= 6 {
            let name = DisplayText.fittedName(
                arm.name, width: room, ellipsis: scene.glyphs.ellipsis)
            line.append(" " + DisplayText.padded(name, width: room))
        }
        line.append(" " + (room >= 0 ? text : numbers.joined(separator: " ")))
        return line
    }
}
