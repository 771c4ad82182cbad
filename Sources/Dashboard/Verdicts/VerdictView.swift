import Verdicts

/// The verdict on the full screen: all sentences and what weakens them, which can be scrolled, and
/// below them the gaps, the envelopes and what became of every learning rate.
struct VerdictView: Sendable, Equatable {
    private var scroll = ScrolledLines()
    private let plane = PlanePane()

    /// Rows that the charts need: of one pair the gap, and below it the plane.
    private static let chartRows = 4 + planeRows

    /// Scrolls the text.
    mutating func handle(_ action: Action, in region: Region, isFramed: Bool, scene: Scene) {
        let area = VerdictPane.area(in: region, isFramed: isFramed)
        guard let text = VerdictPane.text(scene, width: area.columns) else { return }
        let page = Self.textRows(text, in: area.rows) - 1
        scroll.handle(action, count: text.lines.count, page: page)
    }

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        var area = VerdictPane.frame(region, isFramed: isFramed, on: &grid, scene: scene)
        guard let text = VerdictPane.text(scene, width: area.columns) else {
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

    /// Rows below which a plane says nothing.
    private static let planeRows = 9

    private func drawCharts(
        _ told: ToldVerdict, in area: Region, on grid: inout CellGrid, scene: Scene
    ) {
        var left = area
        var right = left.takeRight(area.columns / 2)
        _ = right.takeLeft(1)
        let forest = 2 + 2 * told.pairs.count
        if left.rows - forest >= Self.planeRows {
            drawForest(told, in: left.takeTop(forest), on: &grid, scene: scene)
            section("envelopes: \(told.lost) over \(told.verdict.learned.name)", &left, &grid)
            plane.draw(in: left, on: &grid, scene: scene)
        } else {
            drawForest(
                told, in: left.takeTop(min(forest, left.rows)), on: &grid, scene: scene)
        }
        drawRates(told, in: right, on: &grid, scene: scene)
    }

    private func drawForest(
        _ told: ToldVerdict, in region: Region, on grid: inout CellGrid, scene: Scene
    ) {
        var area = region
        let chart = ForestChart(
            pairs: told.pairs.map(\.pair), tolerance: told.verdict.forgotten.tolerance,
            glyphs: scene.glyphs)
        let shown = chart.count(in: region.rows - 1)
        let part = shown < told.pairs.count ? ", the surest \(shown) of \(told.pairs.count)" : ""
        let title = "gap in \(told.lost)\(told.place ?? ""): left, first less"
        section(title + part, &area, &grid)
        chart.draw(in: area, on: &grid)
    }

    private func drawRates(
        _ told: ToldVerdict, in region: Region, on grid: inout CellGrid, scene: Scene
    ) {
        var lower = region
        var upper = lower.takeTop(region.rows / 2)
        let verdict = told.verdict
        section("best \(verdict.learned.name) at each learning rate", &upper, &grid)
        RateChart(values: \.learned, level: verdict.level, verdict: verdict, scene: scene)
            .draw(in: upper, on: &grid)
        section(told.lost + (told.place ?? " there"), &lower, &grid)
        RateChart(values: { $0.forgottenAtLevel ?? $0.forgotten }, verdict: verdict, scene: scene)
            .draw(in: lower, on: &grid)
    }

    private func section(_ title: String, _ region: inout Region, _ grid: inout CellGrid) {
        let line = region.takeTop(1)
        grid.write(
            title, row: line.row, column: line.column, limit: line.columns, style: CellStyle(.dim))
    }
}

extension ToldVerdict {
    /// What is forgotten, as a loss.
    fileprivate var lost: String {
        verdict.forgotten.name + (verdict.forgotten.isHigherBetter ? " lost" : "")
    }

    /// The level that is read.
    fileprivate var place: String? {
        verdict.level.map { " at \(verdict.learned.name) \(NumberText.value($0))" }
    }
}
