/// The part of the x axis that the charts show, and the cursor on it.
struct Viewport: Equatable, Sendable {
    private(set) var axis = XAxis.step
    /// A part chosen by zooming or freezing; nil shows everything.
    private var window: ClosedRange<Double>?
    private(set) var isFrozen = false
    private var wasWhole = false
    /// The cursor's place; nil while there is none.
    private(set) var cursor: Double?

    /// What the charts show.
    func range(of history: RunHistory) -> ClosedRange<Double> {
        let whole = Self.whole(history, axis: axis)
        guard let window else { return whole }
        if isFrozen || cursor != nil { return window }
        let width = window.upperBound - window.lowerBound
        let end = min(max(history.newest(on: axis) + width * 0.05, width), whole.upperBound)
        return (end - width)...end
    }

    /// From 0 to a round place beyond the newest point: an eighth, a quarter, half or all of the
    /// planned steps, so that the axis seldom moves.
    static func whole(_ history: RunHistory, axis: XAxis) -> ClosedRange<Double> {
        let newest = history.newest(on: axis)
        guard axis == .step else {
            let step = ValueScale.roundStep(newest / 8)
            let end = max((newest / step - 1e-9).rounded(.up) * step, step)
            return 0...min(end, .greatestFiniteMagnitude)
        }
        let planned = Double(history.plannedSteps)
        let part = [8, 4, 2, 1].map { (planned / $0).rounded(.up) }.first { $0 >= newest }
        return 0...max(part ?? newest, newest, 1)
    }

    mutating func nextAxis() {
        axis = axis.next
        (window, cursor, isFrozen) = (nil, nil, false)
    }

    mutating func toggleFreeze(_ history: RunHistory) {
        if isFrozen {
            if wasWhole { window = nil }
        } else {
            wasWhole = window == nil
            window = range(of: history)
        }
        isFrozen.toggle()
    }

    /// Shows `factor` times as much of the axis, around the cursor or the newest point.
    mutating func zoom(by factor: Double, _ history: RunHistory) {
        let whole = Self.whole(history, axis: axis)
        let shown = range(of: history)
        let span = whole.upperBound - whole.lowerBound
        let width = max((shown.upperBound - shown.lowerBound) * factor, min(span, span / 256))
        guard width < span * 0.999 else { return fit() }
        let centre = cursor ?? min(history.newest(on: axis), shown.upperBound)
        let start = min(max(centre - width / 2, whole.lowerBound), whole.upperBound - width)
        window = start...(start + width)
        wasWhole = false
    }

    mutating func fit() {
        window = nil
        isFrozen = false
    }

    mutating func clearCursor() { cursor = nil }

    /// Moves the cursor to the nearest stop, if there are a cursor and stops.
    mutating func snap(to stops: CursorStops) {
        cursor = cursor.flatMap { stops.nearest(to: $0) ?? $0 }
    }

    /// Puts the cursor on a place, which the window is moved to.
    mutating func place(cursor x: Double, _ history: RunHistory) {
        window = window.map { _ in range(of: history) }
        let whole = Self.whole(history, axis: axis)
        let place = min(max(x, whole.lowerBound), whole.upperBound)
        cursor = place
        guard let window, !window.contains(place) else { return }
        let width = window.upperBound - window.lowerBound
        self.window = place < window.lowerBound ? place...(place + width) : (place - width)...place
    }
}
