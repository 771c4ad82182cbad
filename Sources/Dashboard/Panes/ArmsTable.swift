import RunEvents

/// The arms as a table: one line each, with as many columns as fit.
struct ArmsTable {
    /// One column: its heading and what it shows of an arm.
    private struct Column {
        var heading: String
        /// Columns with a lower rank go first when the table is too wide.
        var rank: Int
        var isText = false
        var maximum = 24
        var cell: (ArmRecord) -> (text: String, style: CellStyle)
    }

    let pane: ArmsPane
    let scene: Scene

    /// Draws a heading line and one line an arm; without room for both only arms.
    func draw(in region: Region, hasHeading: Bool, on grid: inout CellGrid) {
        let arms = pane.window(
            of: scene.history.arms, count: region.rows - (hasHeading ? 1 : 0))
        let columns = fitting(region.columns - 5)
        let widths = columns.map(width)
        var row = region.row
        if hasHeading {
            var line = StyledText("     ")
            for (index, (column, width)) in zip(columns, widths).enumerated() {
                let heading = aligned(column.heading, column, width)
                line.append((index == 0 ? "" : "  ") + heading, CellStyle(.dim))
            }
            grid.write(line, row: row, column: region.column, limit: region.columns)
            row += 1
        }
        for arm in arms {
            var line = pane.marks(of: arm, scene: scene)
            for (index, (column, width)) in zip(columns, widths).enumerated() {
                let cell = column.cell(arm)
                line.append(
                    (index == 0 ? "" : "  ") + aligned(cell.text, column, width), cell.style)
            }
            grid.write(line, row: row, column: region.column, limit: region.columns)
            row += 1
        }
    }

    private func aligned(_ text: String, _ column: Column, _ width: Int) -> String {
        let cut = DisplayText.fitted(text, width: width, ellipsis: scene.glyphs.ellipsis)
        return column.isText
            ? DisplayText.padded(cut, width: width) : DisplayText.rightAligned(cut, width: width)
    }

    private func width(_ column: Column) -> Int {
        let cells = scene.history.arms.map { DisplayText.width(column.cell($0).text) }.max() ?? 0
        return min(column.maximum, max(DisplayText.width(column.heading), cells))
    }

    /// The columns left when those of the lowest rank are dropped until the rest fits.
    private func fitting(_ room: Int) -> [Column] {
        var columns = all
        while columns.count > 1, columns.reduce(-2, { $0 + width($1) + 2 }) > room {
            let lowest = columns.indices.min { columns[$0].rank < columns[$1].rank } ?? 0
            columns.remove(at: lowest)
        }
        return columns
    }

    private var all: [Column] {
        let style = pane.textStyle
        return [
            Column(heading: "arm", rank: 9, isText: true) {
                (pane.name(of: $0, scene: scene), style($0))
            },
            Column(heading: "method", rank: 1, isText: true) { ($0.method, style($0)) },
            Column(heading: "state", rank: 6, isText: true) { ($0.state.label, $0.state.style) },
            Column(heading: "step", rank: 7) { (stepText($0), style($0)) },
            Column(heading: "learn", rank: 8) {
                (measure($0, scene.learn.choice, false), style($0))
            },
            Column(heading: "forget", rank: 8) {
                (measure($0, scene.forget.choice, true), style($0))
            },
            Column(heading: "lr", rank: 4) {
                ($0.learningRate.map(NumberText.learningRate) ?? "-", style($0))
            },
            Column(heading: "tok/s", rank: 3) {
                ($0.speed.map { NumberText.count($0) } ?? "-", style($0))
            },
            Column(heading: "train%", rank: 2) {
                ($0.trainableShare.map(NumberText.percent) ?? "-", style($0))
            },
            Column(heading: "command", rank: 5, isText: true, maximum: 40) { commandCell($0) },
        ]
    }

    private func stepText(_ arm: ArmRecord) -> String {
        arm.plannedSteps > 0 ? "\(arm.step)/\(arm.plannedSteps)" : "\(arm.step)"
    }

    private func measure(_ arm: ArmRecord, _ choice: MetricChoice, _ isSigned: Bool) -> String {
        let pinned = scene.history.arm(named: scene.selection.pinned)?
            .series(of: choice)?.latest?.value
        return scene.text(
            of: arm.series(of: choice)?.latest?.value, pinned: pinned, arm: arm,
            isSigned: isSigned && choice == .forgetting)
    }

    private func commandCell(_ arm: ArmRecord) -> (text: String, style: CellStyle) {
        guard let command = arm.command else { return ("", .standard) }
        switch command.state {
        case .asked: return (command.text, CellStyle(.accent))
        case .applied: return (command.text, CellStyle(.dim))
        case .refused: return (command.text, CellStyle(.warning))
        }
    }
}

extension ArmState {
    /// The state as the table shows it.
    var label: String { rawValue }

    /// Calm for what goes well, loud for what needs a look.
    var style: CellStyle {
        switch self {
        case .waiting: CellStyle(.dim)
        case .training, .evaluating: CellStyle(.good)
        case .paused, .stopped: CellStyle(.warning)
        case .finished: CellStyle(.standard)
        case .diverged: CellStyle(.alert, bold: true)
        }
    }
}
