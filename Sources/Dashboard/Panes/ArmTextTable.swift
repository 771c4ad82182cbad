/// A small pane with a heading and one line an arm, or a trajectory of an open one: letter, name,
/// right-aligned cells.
struct ArmTextTable {
    struct Line {
        var row: ArmRow
        var cells: [String]
    }

    var title: StyledText
    var headings: [String]
    /// Lines of cells above the arms, such as the base model's.
    var leading: [(name: String, cells: [String])] = []
    var lines: [Line]
    /// Columns of cells that are scrolled away to the left.
    var start = 0
    /// What is shown where there are no lines.
    var emptyText = Scene.waiting

    /// Columns for names.
    private static func nameColumns(_ rows: [ArmRow], _ scene: Scene) -> Int {
        min(14, max(4, rows.map { DisplayText.width(scene.name(of: $0)) }.max() ?? 0))
    }

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        var area = region.inset(rows: isFramed ? 1 : 0, columns: isFramed ? 2 : 1)
        if !isFramed { _ = area.takeTop(1) }
        let window = scene.selection.window(
            of: lines.map(\.row), count: max(1, area.rows - 1 - leading.count))
        drawEdge(
            of: region, isFramed: isFramed, places: window.places(among: lines.count), on: &grid,
            glyphs: scene.glyphs)
        let texts =
            lines.isEmpty
            ? [StyledText(emptyText, CellStyle(.dim))] : styled(lines[window.indices], area, scene)
        for (index, text) in texts.prefix(area.rows).enumerated() {
            grid.write(text, row: area.row + index, column: area.column, limit: area.columns)
        }
    }

    /// The frame or rule with the title, and after it which arms there are if not all fit.
    private func drawEdge(
        of region: Region, isFramed: Bool, places: String, on grid: inout CellGrid,
        glyphs: GlyphSet
    ) {
        var title = title
        if !places.isEmpty { title.extend(by: "  " + places, width: region.columns) }
        if isFramed {
            grid.frame(region, title: title, glyphs: glyphs)
        } else {
            grid.rule(region, title: title, glyphs: glyphs, joins: false)
        }
    }

    private func styled(
        _ shown: ArraySlice<Line>, _ area: Region, _ scene: Scene
    ) -> [StyledText] {
        let names = Self.nameColumns(lines.map(\.row), scene)
        let widths = cellWidths(from: start, room: area.columns - names - 2)
        let dim = CellStyle(.dim)
        let missing = headings.count - start - widths.count
        let more = missing > 0 ? " +\(missing)" : ""
        let name = start > 0 ? "arm \(start)+" : "arm"
        var texts = [row(name, joined(headings, widths) + more, names, dim)]
        texts += leading.map { row($0.name, joined($0.cells, widths), names, dim) }
        return texts + shown.map { text($0, joined($0.cells, widths), names, scene) }
    }

    /// What each column of cells needs; where there is no room for all, narrow ones, and so many of
    /// them that there is room to tell how many are left out.
    private func cellWidths(from start: Int, room: Int) -> [Int] {
        let needed = headings.indices.dropFirst(start).map { index in
            let cells = (leading.map(\.cells) + lines.map(\.cells)).map { $0[index] }
            return ([headings[index]] + cells).map(DisplayText.width).max() ?? 0
        }
        let wide = needed.map { max(7, $0) + 2 }
        if wide.reduce(0, +) <= room { return wide }
        var widths = needed.map { $0 + 2 }
        if widths.reduce(0, +) <= room { return widths }
        while widths.count > 1, widths.reduce(Self.moreColumns, +) > room { widths.removeLast() }
        return widths
    }

    /// The first column from which on all the others fit beside each other in a pane of this width.
    func lastStart(width: Int, isFramed: Bool, scene: Scene) -> Int {
        let room = width - (isFramed ? 4 : 2) - Self.nameColumns(lines.map(\.row), scene) - 2
        return headings.indices.first { start in
            cellWidths(from: start, room: room).count == headings.count - start
        } ?? 0
    }

    /// What ` +12` takes, the number of columns for which there is no room.
    private static let moreColumns = 4

    private func row(
        _ name: String, _ cells: String, _ names: Int, _ style: CellStyle
    ) -> StyledText {
        var text = StyledText(name, style)
        text.pad(to: names + 2)
        text.append(cells, style)
        return text
    }

    private func text(
        _ line: Line, _ cells: String, _ names: Int, _ scene: Scene
    ) -> StyledText {
        let isSelected = scene.selection.isSelected(line.row)
        let letter = line.row.isNested ? " " : String(line.row.first.letter)
        var text = StyledText(letter + " ", scene.style(of: line.row.first))
        text.append(
            DisplayText.fittedName(
                scene.name(of: line.row), width: names, ellipsis: scene.glyphs.ellipsis),
            CellStyle(.standard, bold: isSelected))
        text.pad(to: names + 2)
        text.append(cells)
        return text
    }

    private func joined(_ cells: [String], _ widths: [Int]) -> String {
        zip(cells.dropFirst(start), widths).map { DisplayText.rightAligned($0, width: $1) }.joined()
    }
}
