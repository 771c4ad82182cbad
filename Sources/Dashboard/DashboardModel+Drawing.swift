extension DashboardModel {
    /// Where the panes are on a screen of this size.
    var layout: Layout {
        Layout(
            rows: rows, columns: columns,
            content: .init(
                view: mainView, armCount: arms.selection.lineCount(of: history.arms),
                hasVerdict: history.canBeJudged, isArmsFocused: chosenFocus == .arms,
                hasAlerts: !history.alerts.isEmpty,
                showsForget: curves.activeFocus == .forget,
                hasCursor: curves.viewport.cursor != nil))
    }

    var scene: Scene {
        Scene(
            history: history, run: selectedRun, glyphs: glyphs, hasColor: hasColor,
            selection: arms.selection,
            viewport: curves.viewport, learn: curves.learn, forget: curves.forget,
            verdict: verdicts.reading, question: question,
            isJudging: verdicts.isBehind(question), typedBudget: choices.budget, focus: focus,
            elapsed: elapsed, isReadOnly: isReadOnly, isStopping: interrupts.isStopping)
    }

    /// The screen as it should look now.
    package func view() -> CellGrid {
        var grid = CellGrid(rows: rows, columns: columns)
        let scene = scene
        let layout = layout
        if let region = layout.header { header.draw(in: region, on: &grid, scene: scene) }
        if events.isFullScreen {
            var body = Region(row: 0, column: 0, rows: rows, columns: columns)
            if layout.header != nil { body = body.inset(rows: 1, columns: 0) }
            events.draw(in: body, isFramed: body.rows > 3, on: &grid, scene: scene)
        } else {
            drawPanes(layout, on: &grid, scene: scene)
        }
        let screen = Region(row: 0, column: 0, rows: rows, columns: columns)
        if let overlay {
            let body = rows >= 6 ? screen.inset(rows: 1, columns: 0) : screen
            overlay.draw(in: body, on: &grid, scene: scene)
        }
        if let region = layout.hints {
            let canTrain = !isReadOnly && !history.hasEnded
            let bindings = KeyTable.bar(in: context, canTrain: canTrain, hasGrid: history.hasGrid)
            hints.draw(in: region, bindings: bindings, on: &grid, scene: scene)
        }
        if glyphs.kind == .ascii { grid.restrictToASCII() }
        return grid
    }

    private func drawPanes(_ layout: Layout, on grid: inout CellGrid, scene: Scene) {
        let isFramed = layout.isFramed
        if let regions = layout.curves { curves.draw(regions, on: &grid, scene: scene) }
        if let region = layout.plane {
            plane.draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
        }
        if let region = layout.cursor {
            cursor.draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
        }
        if let region = layout.levels {
            levels.draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
        }
        if let region = layout.verdict {
            if mainView == .verdict {
                verdictView.draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
            } else {
                verdict.draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
            }
        }
        if let region = layout.tasks {
            tasks.draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
        }
        if let region = layout.rates { rates.draw(in: region, on: &grid, scene: scene) }
        if let region = layout.arms {
            drawArms(in: region, layout: layout, on: &grid, scene: scene)
        }
        if let region = layout.cards {
            ArmCards(pane: arms, scene: scene).draw(in: region, on: &grid)
        }
        if let region = layout.events {
            events.draw(
                in: region, isFramed: isFramed || region.rows > 3, on: &grid, scene: scene)
        }
        if let region = layout.status {
            status.draw(in: region, arms: arms, on: &grid, scene: scene)
        }
    }

    private func drawArms(
        in region: Region, layout: Layout, on grid: inout CellGrid, scene: Scene
    ) {
        var area = region
        if layout.isFramed {
            grid.frame(region, title: scene.title("ARMS", focus: .arms), glyphs: scene.glyphs)
            area = region.inset()
        }
        ArmsTable(pane: arms, scene: scene, readsCursor: layout.cursor == nil).draw(
            in: area, hasHeading: layout.tier != .single, on: &grid)
    }
}
