import RunEvents

/// The arms as a table: a line each, below an open one its trajectories, with as many columns as fit.
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
        var area = region
        let edge = area.takeTop(hasHeading ? 1 : 0)
        let listed = scene.rows
        let window = scene.selection.window(of: listed, count: area.rows)
        let places = window.places(among: listed.count)
        let rows = Array(window)
        let all = columns(of: rows, name: nameHeading(places), hasHeading: hasHeading)
        let (columns, missing) = fitted(all, room: area.columns - Self.markColumns)
        if hasHeading { drawHeading(columns, missing: missing, in: edge, on: &grid) }
        for (place, row) in rows.enumerated() {
            var line = pane.marks(of: row, scene: scene)
            for (index, column) in columns.enumerated() {
                let (text, style) = column.cells[place]
                line.append((index == 0 ? "" : "  ") + aligned(text, column), style)
            }
            grid.write(line, row: area.row + place, column: area.column, limit: area.columns)
        }
        if rows.isEmpty, !area.isEmpty {
            grid.write(
                pane.emptyText(scene), row: area.row, column: area.column, limit: area.columns,
                style: CellStyle(.dim))
        }
    }

    /// `arm`, the filter and which of the arms there is room for: `arm /lora 1-4 of 12`.
    private func nameHeading(_ places: String) -> String {
        let filter = scene.selection.filter.text
        return ["arm", filter.isEmpty ? "" : "/" + filter, places].filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    private func drawHeading(
        _ columns: [Column], missing: Int, in region: Region, on grid: inout CellGrid
    ) {
        var line = StyledText("     ")
        for (index, column) in columns.enumerated() {
            line.append(
                (index == 0 ? "" : "  ") + aligned(column.heading, column), CellStyle(.dim))
        }
        grid.write(line, row: region.row, column: region.column, limit: region.columns)
        guard missing > 0, region.columns > Self.markColumns + Self.missingColumns else { return }
        let text = " +\(missing)"
        grid.write(
            text, row: region.row, column: region.endColumn - text.count, style: CellStyle(.dim))
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

    /// Drops the columns of the lowest rank until the rest fits, with room in the line of headings to
    /// tell how many are missing, and cuts what can be cut.
    private func fitted(_ all: [Column], room: Int) -> (columns: [Column], missing: Int) {
        var columns = all
        func needed() -> Int {
            let free = columns.last.map { $0.minimum - DisplayText.width($0.heading) } ?? 0
            let mark = columns.count < all.count ? max(0, Self.missingColumns - free) : 0
            return columns.reduce(mark - 2) { $0 + $1.minimum + 2 }
        }
        while columns.count > 1, needed() > room {
            let lowest = columns.indices.min { columns[$0].rank < columns[$1].rank } ?? 0
            columns.remove(at: lowest)
        }
        var excess = columns.reduce(-2) { $0 + $1.width + 2 } - room
        for index in columns.indices.reversed() where excess > 0 {
            let cut = min(excess, columns[index].width - columns[index].minimum)
            columns[index].width -= cut
            excess -= cut
        }
        return (columns, all.count - columns.count)
    }

    /// What the marks before a line take, and ` +12` after the headings.
    private static let (markColumns, missingColumns) = (5, 4)

    private func column(
        _ heading: String, rank: Int, isText: Bool = false, isName: Bool = false,
        minimum: Int? = nil, _ cells: [Text]
    ) -> Column {
        let width = cells.reduce(DisplayText.width(heading)) { max($0, DisplayText.width($1.text)) }
        return Column(
            heading: heading, rank: rank, isText: isText, isName: isName, cells: cells,
            width: width, minimum: min(width, minimum ?? width))
    }

    /// All columns; without headings none of them needs room for its own.
    private func columns(of rows: [ArmRow], name: String, hasHeading: Bool) -> [Column] {
        let all = columns(of: rows, name: name)
        guard !hasHeading else { return all }
        return all.map {
            column(
                "", rank: $0.rank, isText: $0.isText, isName: $0.isName, minimum: $0.minimum,
                $0.cells)
        }
    }

    private func columns(of rows: [ArmRow], name: String) -> [Column] {
        let names = rows.filter(\.isNested).map { DisplayText.width(scene.name(of: $0)) }
        return [
            column(
                sorted(name, .name), rank: 9, isText: true, isName: true,
                minimum: max(14, names.max() ?? 0), plain(rows) { scene.name(of: $0) }),
            column(
                "method", rank: 1, isText: true, plain(rows) { $0.isNested ? "" : $0.first.method }),
            column("state", rank: 6, isText: true, rows.map { scene.standing(of: $0) }),
        ] + progress(of: rows) + measures(of: rows) + costs(of: rows) + [commands(of: rows)]
    }

    /// The rate, which tells a grid's lines apart, the speed and the size.
    private func costs(of rows: [ArmRow]) -> [Column] {
        [
            column(
                "lr", rank: scene.hasGrid ? 6 : 4,
                plain(rows) { $0.learningRate.map(NumberText.learningRate) ?? "-" }),
            column(
                sorted("tok/s", .speed), rank: 3,
                plain(rows) { $0.speed.map(NumberText.count) ?? "-" }),
            column(
                "train%", rank: 2,
                plain(rows) { $0.first.trainableShare.map(NumberText.percent) ?? "-" }),
        ]
    }

    /// The newest commands, of which a grid needs no column while there are none.
    private func commands(of rows: [ArmRow]) -> Column {
        let isRefused = rows.contains { $0.command?.state.isRefused == true }
        let isIdle = scene.hasGrid && rows.allSatisfy { $0.command == nil }
        return column(
            "command", rank: isIdle ? 0 : 5, isText: true, minimum: isRefused ? 20 : 14,
            rows.map(commandCell))
    }

    private func plain(_ rows: [ArmRow], _ text: (ArmRow) -> String) -> [Text] {
        rows.map { (text($0), pane.textStyle(of: $0)) }
    }

    /// Steps, and where arms have several trajectories first how many of them are done.
    private func progress(of rows: [ArmRow]) -> [Column] {
        guard scene.hasGrid else { return [column("step", rank: 7, plain(rows, \.stepText))] }
        return [
            column("done", rank: 7, plain(rows, \.doneText)),
            column("step", rank: 2, plain(rows, \.stepText)),
        ]
    }

    /// What was learned and forgotten; of arms with several trajectories the means over how many seeds.
    private func measures(of rows: [ArmRow]) -> [Column] {
        let at = cursor.map { " @" + scene.viewport.axis.text($0) } ?? ""
        let level = scene.verdict.verdict?.commonLevel.map { " @" + NumberText.value($0) } ?? ""
        let matched = column(
            sorted("forget" + level, .equalLearning), rank: 8,
            plain(rows) { row in
                let value = scene.forgottenAtEqualLearning(row).map(NumberText.signed)
                return row.isNested ? "" : value ?? "-"
            })
        return [
            column(
                sorted(scene.learn.choice.heading + at, .learn), rank: 8,
                plain(rows) { measure($0, scene.learn.choice) }),
            column(
                sorted(scene.forget.choice.heading + at, .forget), rank: 8,
                plain(rows) { measure($0, scene.forget.choice) }),
        ] + (scene.hasGrid ? [column("seeds", rank: 5, plain(rows, \.seedsText))] : [])
            + (scene.selection.order == .equalLearning ? [matched] : [])
    }

    private var cursor: Double? { readsCursor ? scene.viewport.cursor : nil }

    /// A heading, with a mark if its column decides the order.
    private func sorted(_ heading: String, _ order: ArmOrder) -> String {
        !heading.isEmpty && scene.selection.order == order
            ? heading + String(scene.glyphs.sorted) : heading
    }

    private func measure(_ row: ArmRow, _ choice: MetricChoice) -> String {
        scene.text(
            of: choice, row: row, isSigned: choice == .forgetting, atCursor: readsCursor)
    }

    private func commandCell(_ row: ArmRow) -> Text {
        guard let command = row.command else { return ("", .standard) }
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
