/// One chart of the curves pane: its lines, its axes, and what its title says of them.
struct CurvePlot {
    private let name: String
    private let focus: Focus
    private let settings: ChartSettings
    private let curves: CurveLines
    private let bases: [ReferenceLine]
    private let chart: LineChart
    private let scene: Scene

    init(
        _ name: String, _ focus: Focus, _ settings: ChartSettings, in region: Region, scene: Scene
    ) {
        (self.name, self.focus, self.settings, self.scene) = (name, focus, settings, scene)
        let range = scene.viewport.range(of: scene.history)
        curves = CurveLines(
            choice: settings.choice, smoothing: settings.smoothing, scene: scene, range: range,
            columns: LineChart.plotColumns(of: region.columns))
        bases = ReferenceLine.bases(of: settings.choice, in: scene.history)
        chart = LineChart(
            region: region, xRange: range, lines: curves.lines,
            bases: bases + ReferenceLine.budgets(of: settings.choice, in: scene),
            cursor: scene.viewport.cursor,
            axis: settings.axis, values: settings.choice.values, glyphs: scene.glyphs)
    }

    func title(width: Int) -> StyledText {
        var notes: [String] = []
        if chart.belowCount > 0 { notes.append("\(chart.belowCount) not above 0") }
        if curves.hasPreview { notes.append("train loss until evaluated") }
        var parts = settings.remarks(axis: settings.axis.remark(chart.scale.spread), notes: notes)
        if settings.choice != .forgetting, let bases = ReferenceLine.text(bases) {
            parts.append(bases)
        }
        return scene.title(name, focus: focus, parts: parts, width: width)
    }

    func draw(on grid: inout CellGrid) {
        guard chart.lines.isEmpty else { return chart.draw(on: &grid) }
        let text =
            scene.history.has(settings.choice)
            ? "every arm is hidden; Space shows the selected one"
            : settings.choice.isDense ? "waiting for the first step" : Scene.waiting
        grid.note(text, in: chart.region)
    }
}
