import RunEvents

/// Small charts of what drives training: learning rate, gradient norm, speed.
struct RatesPane: Sendable, Equatable {
    private static let choices = [
        MetricChoice(kind: .train, metric: "learning_rate", task: nil),
        MetricChoice(kind: .train, metric: "gradient_norm", task: nil),
        MetricChoice(kind: .cost, metric: "tokens_per_second", task: nil),
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
                choice.name.uppercased(), focus: nil, parts: [choice.definition?.unit ?? ""],
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
        let viewport = scene.viewport
        let lines = scene.shownArms.compactMap { arm -> ChartLine? in
            guard let points = arm.series(of: choice)?.points, !points.isEmpty else { return nil }
            let pen = DotCanvas.Pen(
                color: .arm(arm.index), letter: arm.letter,
                priority: scene.selection.priority(of: arm))
            return ChartLine(
                pen: pen, points: points.map { (viewport.axis.position(of: $0), $0.value) })
        }
        LineChart(
            region: region, xRange: viewport.range(of: scene.history), lines: lines, base: nil,
            cursor: viewport.cursor, isLogarithmic: false, glyphs: scene.glyphs
        ).draw(on: &grid)
    }
}
