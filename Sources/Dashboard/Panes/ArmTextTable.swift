/// A small pane with a heading and one line an arm: letter, name, right-aligned cells.
struct ArmTextTable {
    /// One arm's line.
    struct Line {
        var arm: ArmRecord
        var cells: [String]
    }

    var title: StyledText
    var headings: [String]
    /// A line of cells above the arms, such as the base model's; empty for none.
    var leading: (name: String, cells: [String])?
    var lines: [Line]
    /// What is shown where there are no lines.
    var emptyText = waiting

    static let waiting = "waiting for the first evaluation"

    /// Columns for names.
    static func nameColumns(_ arms: [ArmRecord]) -> Int {
        min(14, max(4, arms.map { DisplayText.width($0.name) }.max() ?? 0))
    }

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        var area = isFramed ? region.inset() : region
        let edge = area.takeTop(isFramed ? 0 : 1)
        area = area.inset(rows: 0, columns: 1)
        let title = title(rows: area.rows, width: region.columns, scene)
        if isFramed {
            grid.frame(region, title: title, glyphs: scene.glyphs)
        } else {
            grid.rule(edge, title: title, glyphs: scene.glyphs, joins: false)
        }
        let texts = lines.isEmpty ? [StyledText(emptyText, CellStyle(.dim))] : styled(area, scene)
        for (index, text) in texts.prefix(area.rows).enumerated() {
            grid.write(text, row: area.row + index, column: area.column, limit: area.columns)
        }
    }

    /// The title, and which of the arms fit into `rows` lines if not all do.
    private func title(rows: Int, width: Int, _ scene: Scene) -> StyledText {
        let window = scene.selection.windowText(of: lines.map(\.arm), count: places(rows))
        var title = title
        if !window.isEmpty, title.width + window.count + 2 <= width - 6 {
            title.append("  " + window, CellStyle(.dim))
        }
        return title
    }

    /// Lines for arms among `rows` lines.
    private func places(_ rows: Int) -> Int { max(1, rows - (leading == nil ? 1 : 2)) }

    private func styled(_ area: Region, _ scene: Scene) -> [StyledText] {
        let names = Self.nameColumns(lines.map(\.arm))
        let widths = cellWidths(room: area.columns - names - 2)
        let dim = CellStyle(.dim)
        var texts = [row("arm", joined(headings, widths), names, dim)]
        if let leading {
            texts.append(row(leading.name, joined(leading.cells, widths), names, dim))
        }
        let arms = scene.selection.window(of: lines.map(\.arm), count: places(area.rows))
        let shown = Set(arms.map(\.name))
        return texts
            + lines.filter { shown.contains($0.arm.name) }.map {
                text($0, joined($0.cells, widths), names, scene)
            }
    }

    /// What each column of cells needs; columns for which there is no room are left out.
    private func cellWidths(room: Int) -> [Int] {
        var left = room
        var widths: [Int] = []
        for (index, heading) in headings.enumerated() {
            let cells = ([leading?.cells] + lines.map(\.cells)).compactMap { $0 }.map { $0[index] }
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
