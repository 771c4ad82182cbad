import RunEvents

/// The arms as a table: one line each, with as many columns as fit.
struct ArmsTable {
    private typealias Text = (text: String, style: CellStyle)

    /// One column: its heading and what it shows of every arm.
    private struct Column {
        var heading: String
        /// Columns with a lower rank go first when the table is too wide.
        var rank: Int
        var isText: Bool
        var isName: Bool
        var cells: [Text]
        /// Columns it takes; at first what its longest cell needs.
        var width: Int
        /// What it can be cut to.
        var minimum: Int
    }

    let pane: ArmsPane
    let scene: Scene
    /// True if no other pane shows the values at the cursor.
    let readsCursor: Bool

    /// Draws a heading line, if wanted, and one line an arm.
    func draw(in region: Region, hasHeading: Bool, on grid: inout CellGrid) {
        let all = scene.history.arms
        let window = scene.selection.window(of: all, count: region.rows - (hasHeading ? 1 : 0))
        let places = window.places(among: all.count)
        let name = !hasHeading ? "" : places.isEmpty ? "arm" : "arm " + places
        let arms = Array(window)
        let columns = fitted(columns(of: arms, name: name), room: region.columns - 5)
        var row = region.row
        if hasHeading {
            var line = StyledText("     ")
            for (index, column) in columns.enumerated() {
                line.append(
                    (index == 0 ? "" : "  ") + aligned(column.heading, column), CellStyle(.dim))
            }
            grid.write(line, row: row, column: region.column, limit: region.columns)
            row += 1
        }
        for (place, arm) in arms.enumerated() {
            var line = pane.marks(of: arm, scene: scene)
            for (index, column) in columns.enumerated() {
                let (text, style) = column.cells[place]
                line.append((index == 0 ? "" : "  ") + aligned(text, column), style)
            }
            grid.write(line, row: row + place, column: region.column, limit: region.columns)
        }
    }

    private func aligned(_ text: String, _ column: Column) -> String {
        let ellipsis = scene.glyphs.ellipsis
        let cut =
            column.isName
            ? DisplayText.fittedName(text, width: column.width, ellipsis: ellipsis)
            : DisplayText.fitted(text, width: column.width, ellipsis: ellipsis)
        return column.isText
            ? DisplayText.padded(cut, width: column.width)
            : DisplayText.rightAligned(cut, width: column.width)
    }

    /// Cuts long texts first, then drops the columns of the lowest rank until the rest fits.
    private func fitted(_ all: [Column], room: Int) -> [Column] {
        var columns = all
        while columns.count > 1, columns.reduce(-2, { $0 + $1.minimum + 2 }) > room {
            let lowest = columns.indices.min { columns[$0].rank < columns[$1].rank } ?? 0
            columns.remove(at: lowest)
        }
        var excess = columns.reduce(-2) { $0 + $1.width + 2 } - room
        for index in columns.indices.reversed() where excess > 0 {
            let cut = min(excess, columns[index].width - columns[index].minimum)
            columns[index].width -= cut
            excess -= cut
        }
        return columns
    }

    private func column(
        _ heading: String, rank: Int, isText: Bool = false, isName: Bool = false,
        minimum: Int? = nil, _ cells: [Text]
    ) -> Column {
        let width = cells.reduce(DisplayText.width(heading)) { max($0, DisplayText.width($1.text)) }
        return Column(
            heading: heading, rank: rank, isText: isText, isName: isName, cells: cells,
            width: width, minimum: min(width, minimum ?? width))
    }

    private func columns(of arms: [ArmRecord], name: String) -> [Column] {
        func plain(_ text: (ArmRecord) -> String) -> [Text] {
            arms.map { (text($0), pane.textStyle(of: $0)) }
        }
        let isRefused = arms.contains { $0.command?.isRefused == true }
        let cursor = readsCursor ? scene.viewport.cursor : nil
        let at = cursor.map { " @" + scene.viewport.axis.text($0) } ?? ""
        return [
            column(
                name, rank: 9, isText: true, isName: true, minimum: 14,
                plain { pane.name(of: $0, scene: scene) }),
            column("method", rank: 1, isText: true, plain(\.method)),
            column(
                "state", rank: 6, isText: true, arms.map { scene.standing(of: $0) }),
            column("step", rank: 7, plain(stepText)),
            column("learn" + at, rank: 8, plain { measure($0, scene.learn.choice) }),
            column("forget" + at, rank: 8, plain { measure($0, scene.forget.choice) }),
            column("lr", rank: 4, plain { $0.learningRate.map(NumberText.learningRate) ?? "-" }),
            column("tok/s", rank: 3, plain { $0.speed.map(NumberText.count) ?? "-" }),
            column("train%", rank: 2, plain { $0.trainableShare.map(NumberText.percent) ?? "-" }),
            column(
                "command", rank: 5, isText: true, minimum: isRefused ? 20 : 14,
                arms.map(commandCell)),
        ]
    }

    private func stepText(_ arm: ArmRecord) -> String {
        arm.plannedSteps > 0 ? "\(arm.step)/\(arm.plannedSteps)" : "\(arm.step)"
    }

    private func measure(_ arm: ArmRecord, _ choice: MetricChoice) -> String {
        scene.text(
            of: choice, arm: arm, isSigned: choice == .forgetting, atCursor: readsCursor)
    }

    private func commandCell(_ arm: ArmRecord) -> Text {
        guard let command = arm.command else { return ("", .standard) }
        switch command.state {
        case .asked: return (command.text, CellStyle(.accent))
        case .applied: return (command.text, CellStyle(.dim))
        case .refused: return (command.text, CellStyle(.warning))
        }
    }
}

extension ArmState {
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
