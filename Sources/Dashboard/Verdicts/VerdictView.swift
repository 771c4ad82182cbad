import Verdicts

/// The verdict on the full screen: all sentences and what weakens them, which can be scrolled, and
/// below them the gaps and what became of every learning rate.
struct VerdictView: Sendable, Equatable {
    private var scroll = ScrolledLines()

    /// Rows that the charts need to say something.
    private static let chartRows = 11

    /// Scrolls the text.
    mutating func handle(_ action: Action, in region: Region, isFramed: Bool, scene: Scene) {
        let area = VerdictPane.area(in: region, isFramed: isFramed)
        guard let text = VerdictPane.text(scene.verdict, width: area.columns) else { return }
        let page = Self.textRows(text, in: area.rows) - 1
        scroll.handle(action, count: text.lines.count, page: page)
    }

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        var area = VerdictPane.frame(region, isFramed: isFramed, on: &grid, scene: scene)
        guard let text = VerdictPane.text(scene.verdict, width: area.columns) else {
            return grid.note(Scene.waiting, in: area)
        }
        let top = area.takeTop(Self.textRows(text, in: area.rows))
        text.draw(in: top, from: scroll.offset, hint: "Up Down", on: &grid)
        guard let told = scene.verdict.told, area.rows > 3 else { return }
        drawCharts(told, in: area, on: &grid, scene: scene)
    }

    /// All lines if the charts have room below them, else half of the rows.
    private static func textRows(_ text: VerdictText, in rows: Int) -> Int {
        min(text.lines.count, max(rows / 2, rows - chartRows))
    }

    private func drawCharts(
        _ told: ToldVerdict, in area: Region, on grid: inout CellGrid, scene: Scene
    ) {
        let verdict = told.verdict
        var left = area
        var lower = left.takeRight(area.columns / 2)
        _ = lower.takeLeft(1)
        section("gap in \(verdict.forgotten.name): left, first less", &left, &grid)
        ForestChart(
            pairs: told.pairs.map(\.pair),
            tolerance: verdict.forgotten.tolerance, glyphs: scene.glyphs
        ).draw(in: left, on: &grid)
        var upper = lower.takeTop(lower.rows / 2)
        section("best \(verdict.learned.name) at each learning rate", &upper, &grid)
        RateChart(values: \.learned, verdict: verdict, scene: scene).draw(in: upper, on: &grid)
        section("\(verdict.forgotten.name) there", &lower, &grid)
        RateChart(values: \.forgotten, verdict: verdict, scene: scene).draw(in: lower, on: &grid)
    }

    private func section(_ title: String, _ region: inout Region, _ grid: inout CellGrid) {
        let line = region.takeTop(1)
        grid.write(
            title, row: line.row, column: line.column, limit: line.columns, style: CellStyle(.dim))
    }
}
