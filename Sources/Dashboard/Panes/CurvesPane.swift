import RunEvents

/// The learning and forgetting charts on one x axis.
struct CurvesPane: Sendable, Equatable {
    private(set) var learn = ChartSettings(MetricChoice(.targetLoss))
    private(set) var forget = ChartSettings(.forgetting)
    private(set) var viewport = Viewport()
    /// The chart that metric, scale and smoothing keys and the cursor act on.
    private var isForgetActive = false

    /// Evaluations, or columns of a dense curve, that a far move of the cursor goes.
    static let farMove = 5

    /// Takes the metrics that a run announces.
    mutating func adopt(_ history: RunHistory) {
        if let first = MetricChoice.learning(of: history.identity).first { learn.choose(first) }
    }

    mutating func focus(_ focus: Focus) {
        if focus == .learn { isForgetActive = false }
        if focus == .forget { isForgetActive = true }
    }

    /// The chart that has the focus, or had it last.
    var activeFocus: Focus { isForgetActive ? .forget : .learn }
    private var active: ChartSettings { isForgetActive ? forget : learn }

    /// Does what the action asks of the charts; returns a message if it cannot.
    mutating func handle(
        _ action: Action, history: RunHistory, arms: [ArmRecord], plotColumns: Int
    ) -> String? {
        switch action {
        case .metric, .logarithm, .lessSmoothing, .moreSmoothing:
            let text =
                isForgetActive
                ? change(&forget, action, MetricChoice.forgetting(of: history.identity), history)
                : change(&learn, action, MetricChoice.learning(of: history.identity), history)
            viewport.snap(to: stops(of: arms, plotColumns, history))
            return text
        case .axis: viewport.nextAxis()
        case .zoomIn: viewport.zoom(by: 0.5, history)
        case .zoomOut: viewport.zoom(by: 2, history)
        case .fit: viewport.fit()
        case .follow: viewport.toggleFreeze(history)
        case .close: viewport.clearCursor()
        default: return moveCursor(action, stops(of: arms, plotColumns, history), history)
        }
        return nil
    }

    /// Where the cursor can stand: on the active chart's points of the arms that are shown.
    private func stops(
        of arms: [ArmRecord], _ plotColumns: Int, _ history: RunHistory
    ) -> CursorStops {
        let shown = viewport.range(of: history)
        let column = (shown.upperBound - shown.lowerBound) / Double(max(1, plotColumns - 1))
        return CursorStops(
            series: arms.compactMap { $0.series(of: active.choice) }, axis: viewport.axis,
            spacing: active.choice.isDense ? column : 0)
    }

    private mutating func moveCursor(
        _ action: Action, _ stops: CursorStops, _ history: RunHistory
    ) -> String? {
        let moves: [Action: Int] = [
            .cursorLeft: -1, .cursorRight: 1, .cursorFarLeft: -Self.farMove,
            .cursorFarRight: Self.farMove, .cursorHome: .min, .cursorEnd: .max,
        ]
        guard let move = moves[action] else { return nil }
        guard let first = stops.first, let last = stops.last else {
            return "no \(active.choice.title) to read yet"
        }
        switch move {
        case .min: viewport.place(cursor: first, history)
        case .max: viewport.place(cursor: last, history)
        default:
            let from = viewport.cursor
            viewport.place(cursor: from.map { stops.move(from: $0, by: move) } ?? last, history)
        }
        return nil
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
        case .logarithm: settings.nextAxis()
        case .lessSmoothing: settings.smooth(by: -1)
        default: settings.smooth(by: 1)
        }
        return nil
    }
}
