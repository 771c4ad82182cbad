import RunEvents

/// The arms as cards in a sidebar: a few lines each.
struct ArmCards {
    /// Lines of a card with the blank one after it.
    static let rows = 6

    let pane: ArmsPane
    let scene: Scene

    func draw(in region: Region, on grid: inout CellGrid) {
        let arms = scene.history.arms
        let count = max(1, region.rows / Self.rows)
        let shown = pane.window(of: arms, count: count)
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
            measures(arm, width: width, style: style), training(arm), command(arm),
        ]
    }

    private func heading(_ arm: ArmRecord, width: Int, style: CellStyle) -> StyledText {
        var line = pane.marks(of: arm, scene: scene)
        let room = width - line.width - arm.state.label.count - 1
        line.append(
            DisplayText.fitted(
                pane.name(of: arm, scene: scene), width: room, ellipsis: scene.glyphs.ellipsis),
            style)
        line.pad(to: width - arm.state.label.count)
        line.append(arm.state.label, arm.state.style)
        return line
    }

    private func progress(_ arm: ArmRecord, width: Int) -> StyledText {
        let planned = arm.plannedSteps > 0 ? "/\(arm.plannedSteps)" : ""
        let steps = DisplayText.rightAligned("\(arm.step)" + planned, width: 9)
        let bar = scene.glyphs.bar(arm.share, width: max(0, width - 16))
        var line = StyledText("     " + "")
        line.append(bar.full, CellStyle(.arm(arm.index)))
        line.append(bar.empty, CellStyle(.dim))
        line.append("  " + steps)
        return line
    }

    private func measures(_ arm: ArmRecord, width: Int, style: CellStyle) -> StyledText {
        let pinned = scene.history.arm(named: scene.selection.pinned)
        func text(_ choice: MetricChoice, isSigned: Bool) -> String {
            scene.text(
                of: arm.series(of: choice)?.latest?.value,
                pinned: pinned?.series(of: choice)?.latest?.value, arm: arm, isSigned: isSigned)
        }
        let forget = scene.forget.choice
        var line = StyledText("     learn ", CellStyle(.dim))
        line.append(text(scene.learn.choice, isSigned: false), style)
        line.pad(to: 20)
        line.append("forget ", CellStyle(.dim))
        line.append(text(forget, isSigned: forget == .forgetting), style)
        return line
    }

    private func training(_ arm: ArmRecord) -> StyledText {
        var parts: [String] = arm.method.isEmpty ? [] : [arm.method]
        if let share = arm.trainableShare { parts.append(NumberText.percent(share)) }
        if let rate = arm.learningRate { parts.append("lr " + NumberText.learningRate(rate)) }
        if let speed = arm.speed { parts.append(NumberText.count(speed) + "/s") }
        return StyledText("     " + parts.joined(separator: "  "), CellStyle(.dim))
    }

    private func command(_ arm: ArmRecord) -> StyledText {
        guard let command = arm.command else { return StyledText() }
        let isPending = command.state == .asked
        return StyledText("     " + command.text, CellStyle(isPending ? .accent : .dim))
    }
}
