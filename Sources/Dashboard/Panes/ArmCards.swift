import RunEvents

/// The arms as cards in a sidebar: a few lines each.
struct ArmCards {
    /// Lines of a card with the blank one before the next.
    static let rows = 6

    let pane: ArmsPane
    let scene: Scene

    func draw(in frame: Region, on grid: inout CellGrid) {
        let region = frame.inset(rows: 1, columns: 1)
        let arms = scene.history.arms
        let count = max(1, (region.rows + 1) / Self.rows)
        let shown = scene.selection.window(of: arms, count: count)
        let title = scene.title(
            "ARMS", focus: .arms, parts: [shown.places(among: arms.count)], width: frame.columns)
        grid.frame(frame, title: title, glyphs: scene.glyphs)
        for (place, arm) in shown.enumerated() {
            let row = region.row + place * Self.rows
            let lines = self.lines(of: arm, width: region.columns)
            for (index, line) in lines.enumerated() where row + index < region.endRow {
                grid.write(line, row: row + index, column: region.column, limit: region.columns)
            }
        }
    }

    private func lines(of arm: ArmRecord, width: Int) -> [StyledText] {
        let style = pane.textStyle(of: arm)
        return [
            heading(arm, width: width, style: style), progress(arm, width: width),
            measures(arm, width: width, style: style), training(arm, width: width), command(arm),
        ]
    }

    private func heading(_ arm: ArmRecord, width: Int, style: CellStyle) -> StyledText {
        var line = pane.marks(of: arm, scene: scene)
        let standing = scene.standing(of: arm)
        let room = width - line.width - standing.text.count - 1
        line.append(
            DisplayText.fittedName(
                pane.name(of: arm, scene: scene), width: room, ellipsis: scene.glyphs.ellipsis),
            style)
        line.pad(to: width - standing.text.count)
        line.append(standing.text, standing.style)
        return line
    }

    private func progress(_ arm: ArmRecord, width: Int) -> StyledText {
        let planned = arm.plannedSteps > 0 ? "/\(arm.plannedSteps)" : ""
        let steps = DisplayText.rightAligned("\(arm.step)" + planned, width: 9)
        let bar = scene.glyphs.bar(arm.share, width: max(0, width - 16))
        var line = StyledText("     ")
        line.append(bar.full, CellStyle(.arm(arm.index)))
        line.append(bar.empty, CellStyle(.dim))
        line.append("  " + steps)
        return line
    }

    private func measures(_ arm: ArmRecord, width: Int, style: CellStyle) -> StyledText {
        let forget = scene.forget.choice
        var line = StyledText("     learn ", CellStyle(.dim))
        line.append(
            scene.text(of: scene.learn.choice, arm: arm, isSigned: false, atCursor: false), style)
        line.pad(to: 20)
        line.append("forget ", CellStyle(.dim))
        line.append(
            scene.text(of: forget, arm: arm, isSigned: forget == .forgetting, atCursor: false),
            style)
        return line
    }

    private func training(_ arm: ArmRecord, width: Int) -> StyledText {
        var parts: [String] = arm.method.isEmpty ? [] : [arm.method]
        if let rate = arm.learningRate { parts.append("lr " + NumberText.learningRate(rate)) }
        if let speed = arm.speed { parts.append(NumberText.count(speed) + "/s") }
        if let share = arm.trainableShare { parts.append(NumberText.percent(share)) }
        var line = StyledText("    ")
        for part in parts where line.width + part.count + 1 <= width {
            line.append(" " + part + " ", CellStyle(.dim))
        }
        return line
    }

    private func command(_ arm: ArmRecord) -> StyledText {
        guard let command = arm.command else { return StyledText() }
        let isPending = command.state == .asked
        return StyledText("     " + command.text, CellStyle(isPending ? .accent : .dim))
    }
}
