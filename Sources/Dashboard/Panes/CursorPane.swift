import RunEvents

/// Every arm's values at the cursor, and the arms compared at equal learning.
struct CursorPane: Sendable, Equatable {
    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let title = scene.title(cursorTitle(scene), focus: nil)
        if isFramed {
            grid.frame(region, title: title, glyphs: scene.glyphs)
        } else {
            grid.rule(region, title: title, glyphs: scene.glyphs, joins: false)
        }
        var area = region.inset(rows: 1, columns: isFramed ? 2 : 1)
        if !isFramed { area.rows += 1 }
        let arms = scene.shownArms
        guard arms.contains(where: { $0.series(of: scene.learn.choice) != nil }) else {
            grid.write(
                "waiting for the first evaluation", row: area.row, column: area.column,
                limit: area.columns, style: CellStyle(.dim))
            return
        }
        let matched = matchedLines(arms, scene)
        let readRows = max(2, area.rows - min(matched.count + 1, area.rows / 2))
        let read = readLines(arms, scene).prefix(readRows)
        let gap = read.count + matched.count + 1 <= area.rows ? 1 : 0
        for (index, line) in read.enumerated() {
            grid.write(line, row: area.row + index, column: area.column, limit: area.columns)
        }
        for (index, line) in matched.prefix(max(0, area.rows - read.count - gap)).enumerated() {
            let row = area.row + read.count + gap + index
            grid.write(line, row: row, column: area.column, limit: area.columns)
        }
    }

    private func cursorTitle(_ scene: Scene) -> String {
        guard let cursor = scene.viewport.cursor else { return "NOW" }
        return "CURSOR  \(scene.viewport.axis.rawValue) \(scene.viewport.axis.text(cursor))"
    }

    private func nameWidth(_ arms: [ArmRecord]) -> Int {
        min(14, arms.map { DisplayText.width($0.name) }.max() ?? 0)
    }

    private func start(_ arm: ArmRecord, _ arms: [ArmRecord], _ scene: Scene) -> StyledText {
        var line = StyledText(String(arm.letter) + " ", scene.style(of: arm))
        line.append(
            DisplayText.fitted(
                arm.name, width: nameWidth(arms), ellipsis: scene.glyphs.ellipsis),
            CellStyle(.standard, bold: arm.name == scene.selection.selected))
        line.pad(to: nameWidth(arms) + 2)
        return line
    }

    private func cells(_ texts: [String], width: Int = 9) -> String {
        texts.map { DisplayText.rightAligned($0, width: width) }.joined()
    }

    /// A heading and each arm's learning and forgetting at the evaluation nearest to the cursor.
    private func readLines(_ arms: [ArmRecord], _ scene: Scene) -> [StyledText] {
        var heading = StyledText("arm", CellStyle(.dim))
        heading.pad(to: nameWidth(arms) + 2)
        heading.append(cells(["step", "learn", "forget"]), CellStyle(.dim))
        let pinned = scene.history.arm(named: scene.selection.pinned)
        return [heading]
            + arms.map { arm in
                let learn = point(arm, scene.learn.choice, scene)
                let forget = point(arm, scene.forget.choice, scene)
                var line = start(arm, arms, scene)
                let texts = [
                    learn.map { String($0.step) } ?? "-",
                    scene.text(
                        of: learn?.value,
                        pinned: pinned.flatMap { point($0, scene.learn.choice, scene)?.value },
                        arm: arm, isSigned: false),
                    scene.text(
                        of: forget?.value,
                        pinned: pinned.flatMap { point($0, scene.forget.choice, scene)?.value },
                        arm: arm, isSigned: scene.forget.choice == .forgetting),
                ]
                line.append(cells(texts))
                return line
            }
    }

    private func point(_ arm: ArmRecord, _ choice: MetricChoice, _ scene: Scene) -> SeriesPoint? {
        guard let series = arm.series(of: choice) else { return nil }
        guard let cursor = scene.viewport.cursor else { return series.latest }
        return series.nearest(to: cursor, on: scene.viewport.axis)
    }

    /// A heading with the level and when each arm reached it.
    private func matchedLines(_ arms: [ArmRecord], _ scene: Scene) -> [StyledText] {
        let choice = scene.learn.choice
        let isLowerBetter = choice.definition?.direction != .higherIsBetter
        let atCursor = scene.viewport.cursor.flatMap { _ in
            scene.selectedArm.flatMap { point($0, choice, scene)?.value }
        }
        guard
            let level = atCursor
                ?? MatchedLearning.commonLevel(
                    of: arms, learning: choice, isLowerBetter: isLowerBetter)
        else { return [] }
        let matched = MatchedLearning(level: level, learning: choice, isLowerBetter: isLowerBetter)
        var heading = StyledText("at equal \(choice.title) ", CellStyle(.dim))
        heading.append(NumberText.value(level), CellStyle(.accent, bold: true))
        return [heading]
            + arms.map { arm in
                var line = start(arm, arms, scene)
                if let crossing = matched.crossing(of: arm, forgetting: scene.forget.choice) {
                    let forgetting = crossing.forgetting.map {
                        scene.forget.choice == .forgetting
                            ? NumberText.signed($0) : NumberText.value($0)
                    }
                    line.append(
                        cells([NumberText.fixed(crossing.step, decimals: 0), "", forgetting ?? "-"])
                    )
                } else {
                    line.append(cells(["", "not reached", ""]), CellStyle(.dim))
                }
                return line
            }
    }
}
