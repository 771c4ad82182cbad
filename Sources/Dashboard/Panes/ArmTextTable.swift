/// A small pane with a heading and one line an arm: letter, name, right-aligned cells.
struct ArmTextTable {
    /// One arm's line.
    struct Line {
        var arm: ArmRecord
        var cells: [String]
    }

    var title: StyledText
    var headings: [String]
    /// Lines of cells above the arms, such as the base model's.
    var leading: [(name: String, cells: [String])] = []
    var lines: [Line]
    /// What is shown where there are no lines.
    var emptyText = Scene.waiting

    /// Columns for names.
    static func nameColumns(_ arms: [ArmRecord]) -> Int {
        min(14, max(4, arms.map { DisplayText.width($0.name) }.max() ?? 0))
    }

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        var area = region.inset(rows: isFramed ? 1 : 0, columns: isFramed ? 2 : 1)
        if !isFramed { _ = area.takeTop(1) }
        let window = scene.selection.window(
            of: lines.map(\.arm), count: max(1, area.rows - 1 - leading.count))
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
        let names = Self.nameColumns(lines.map(\.arm))
        let widths = cellWidths(room: area.columns - names - 2)
        let dim = CellStyle(.dim)
        var texts = [row("arm", joined(headings, widths), names, dim)]
        texts += leading.map { row($0.name, joined($0.cells, widths), names, dim) }
        return texts + shown.map { text($0, joined($0.cells, widths), names, scene) }
    }

    /// What each column of cells needs; columns for which there is no room are left out.
    private func cellWidths(room: Int) -> [Int] {
        var left = room
        var widths: [Int] = []
        for (index, heading) in headings.enumerated() {
            let cells = (leading.map(\.cells) + lines.map(\.cells)).map { $0[index] }
            let needed = ([heading] + cells).map(DisplayText.width).max() ?? 0
            let width = max(7, needed) + 2
            guard width <= left || index == 0 else { break }
            widths.append(width)
            left -= width
        }
        return widths
    }

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
        let isSelected = line.arm.name == scene.selection.selected
        var text = StyledText(String(line.arm.letter) + " ", scene.style(of: line.arm))
        text.append(
            DisplayText.fittedName(line.arm.name, width: names, ellipsis: scene.glyphs.ellipsis),
            CellStyle(.standard, bold: isSelected))
        text.pad(to: names + 2)
        text.append(cells)
        return text
    }

    private func joined(_ cells: [String], _ widths: [Int]) -> String {
        zip(cells, widths).map { DisplayText.rightAligned($0, width: $1) }.joined()
    }
}
