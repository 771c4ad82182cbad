import RunEvents

/// The learning and forgetting charts on one x axis.
struct CurvesPane: Sendable, Equatable {
    private(set) var learn = ChartSettings(MetricChoice(kind: .target, metric: "loss", task: nil))
    private(set) var forget = ChartSettings(.forgetting)
    private(set) var viewport = Viewport()
    /// The chart that metric, scale and smoothing keys act on.
    private var isForgetActive = false

    /// Takes the metrics that a run announces.
    mutating func adopt(_ history: RunHistory) {
        if let first = MetricChoice.learning(of: history.identity).first { learn.choose(first) }
    }

    mutating func focus(_ focus: Focus) {
        if focus == .learn { isForgetActive = false }
        if focus == .forget { isForgetActive = true }
    }

    /// Does what the action asks of the charts; returns a message if it cannot.
    mutating func handle(_ action: Action, history: RunHistory, plotColumns: Int) -> String? {
        switch action {
        case .metric, .logarithm, .lessSmoothing, .moreSmoothing:
            return isForgetActive
                ? change(&forget, action, MetricChoice.forgetting(of: history.identity), history)
                : change(&learn, action, MetricChoice.learning(of: history.identity), history)
        case .axis: viewport.nextAxis()
        case .zoomIn: viewport.zoom(by: 0.5, history)
        case .zoomOut: viewport.zoom(by: 2, history)
        case .fit: viewport.fit()
        case .follow: viewport.toggleFreeze(history)
        case .cursorHome: viewport.moveCursor(toEnd: false, history)
        case .cursorEnd: viewport.moveCursor(toEnd: true, history)
        case .close: viewport.clearCursor()
        default:
            let columns = Self.columns(of: action)
            if columns != 0 {
                viewport.moveCursor(by: columns, plotColumns: plotColumns, history)
            }
        }
        return nil
    }

    private static func columns(of action: Action) -> Int {
        switch action {
        case .cursorLeft: -1
        case .cursorRight: 1
        case .cursorFarLeft: -10
        case .cursorFarRight: 10
        default: 0
        }
    }

    private func change(
        _ settings: inout ChartSettings, _ action: Action, _ choices: [MetricChoice],
        _ history: RunHistory
    ) -> String? {
        switch action {
        case .metric:
            let before = settings.choice
            settings.nextMetric(of: choices, in: history)
            return settings.choice == before ? "no other metric recorded yet" : nil
        case .logarithm: return settings.toggleLogarithm(history)
        case .lessSmoothing: settings.smooth(by: -1)
        default: settings.smooth(by: 1)
        }
        return nil
    }
}

/// Draws the charts' regions.
extension CurvesPane {
    func draw(_ regions: Layout.Curves, on grid: inout CellGrid, scene: Scene) {
        if let frame = regions.frame {
            grid.frame(frame, title: StyledText(), glyphs: scene.glyphs)
        }
        let joins = regions.frame != nil
        if let title = regions.learnTitle {
            let text = scene.title(
                "LEARN", focus: .learn, parts: remarks(of: learn, scene), width: title.columns)
            if joins {
                grid.write(
                    spaced(text), row: title.row, column: title.column + 2, limit: title.columns - 4
                )
            } else {
                grid.rule(title, title: text, glyphs: scene.glyphs, joins: false)
            }
        }
        if let title = regions.forgetTitle {
            let text = scene.title(
                "FORGET", focus: .forget, parts: remarks(of: forget, scene), width: title.columns)
            grid.rule(
                title, title: text, glyphs: scene.glyphs, joins: joins && regions.learn != nil)
        }
        if let region = regions.learn { drawChart(learn, in: region, on: &grid, scene: scene) }
        if let region = regions.forget { drawChart(forget, in: region, on: &grid, scene: scene) }
        AxisRuler(
            axis: viewport.axis, range: viewport.range(of: scene.history), glyphs: scene.glyphs
        )
        .draw(in: regions.ruler, on: &grid)
    }

    private func spaced(_ text: StyledText) -> StyledText {
        var spaced = StyledText(" ")
        spaced.append(text)
        spaced.append(" ")
        return spaced
    }

    private func remarks(of settings: ChartSettings, _ scene: Scene) -> [String] {
        guard settings.choice != .forgetting, let base = scene.history.base(of: settings.choice)
        else { return settings.remarks }
        return settings.remarks + ["base " + NumberText.value(base)]
    }

    private func drawChart(
        _ settings: ChartSettings, in region: Region, on grid: inout CellGrid, scene: Scene
    ) {
        let range = viewport.range(of: scene.history)
        let lines = scene.shownArms.compactMap { line(of: $0, settings, range, region, scene) }
        guard !lines.isEmpty else {
            return drawEmpty(settings, in: region, on: &grid, scene: scene)
        }
        let base = scene.history.base(of: settings.choice)
        LineChart(
            region: region, xRange: range, lines: lines, base: base, cursor: viewport.cursor,
            isLogarithmic: settings.isLogarithmic, glyphs: scene.glyphs
        ).draw(on: &grid)
    }

    private func drawEmpty(
        _ settings: ChartSettings, in region: Region, on grid: inout CellGrid, scene: Scene
    ) {
        let text =
            scene.history.has(settings.choice)
            ? "every arm is hidden; Space shows the selected one"
            : settings.choice.isDense
                ? "waiting for the first step" : Scene.waiting
        grid.note(text, in: region)
    }

    private func line(
        of arm: ArmRecord, _ settings: ChartSettings, _ range: ClosedRange<Double>,
        _ region: Region, _ scene: Scene
    ) -> ChartLine? {
        guard let series = arm.series(of: settings.choice), !series.points.isEmpty else {
            return nil
        }
        let axis = viewport.axis
        let visible = series.points.count { range.contains(axis.position(of: $0)) }
        let pen = DotCanvas.Pen(
            color: .arm(arm.index), letter: arm.letter,
            priority: scene.selection.priority(of: arm),
            hasMarkers: visible * 3 <= LineChart.plotColumns(of: region.columns))
        let raw = series.points.map { (axis.position(of: $0), $0.value) }
        guard settings.smoothing > 0 else { return ChartLine(pen: pen, points: raw) }
        let planned = scene.history.arms.map(\.plannedSteps).max() ?? 0
        let smoothed = Smoothing.smoothed(
            series.points, strength: settings.smoothing, unit: max(1, Double(planned) / 200))
        return ChartLine(
            pen: pen, points: smoothed.map { (axis.position(of: $0), $0.value) }, raw: raw)
    }
}
