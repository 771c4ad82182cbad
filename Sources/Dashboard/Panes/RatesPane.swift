import RunEvents

/// Small charts of what drives training: learning rate, gradient norm, speed; of an arm with several
/// trajectories the mean over seeds at its best rate.
struct RatesPane: Sendable, Equatable {
    private static let choices = [
        MetricChoice(.learningRate),
        MetricChoice(.gradientNorm),
        MetricChoice(.tokensPerSecond),
    ]

    /// Rows of one chart with its title.
    static let rows = 7

    /// Draws as many charts as fit, in a box each or joined in one.
    func draw(in region: Region, on grid: inout CellGrid, scene: Scene) {
        let count = min(Self.choices.count, max(1, region.rows / Self.rows))
        var rest = region
        grid.frame(region, title: StyledText(), glyphs: scene.glyphs)
        for (index, choice) in Self.choices.prefix(count).enumerated() {
            var part = rest.takeTop(index == count - 1 ? rest.rows : region.rows / count)
            let title = scene.title(
                choice.name.uppercased(), focus: nil, parts: [choice.definition.unit],
                width: region.columns)
            let edge = part.takeTop(1)
            if index == 0 {
                grid.frame(region, title: title, glyphs: scene.glyphs)
            } else {
                grid.rule(edge, title: title, glyphs: scene.glyphs, joins: true)
            }
            if index == count - 1 { part.rows -= 1 }
            drawChart(choice, in: part.inset(rows: 0, columns: 1), on: &grid, scene: scene)
        }
    }

    private func drawChart(
        _ choice: MetricChoice, in region: Region, on grid: inout CellGrid, scene: Scene
    ) {
        let range = scene.viewport.range(of: scene.history)
        let curves = CurveLines(
            choice: choice, isMeanOnly: true, scene: scene, range: range,
            columns: LineChart.plotColumns(of: region.columns))
        let lines = curves.lines
        guard !lines.isEmpty else { return grid.note("no numbers yet", in: region) }
        LineChart(
            region: region, xRange: range, lines: lines, cursor: scene.viewport.cursor,
            axis: .automatic, values: choice.values, glyphs: scene.glyphs
        ).draw(on: &grid)
    }
}
