/// One arm's curve, ready for drawing.
struct ChartLine {
    var pen: DotCanvas.Pen
    /// Positions on the x axis and values; a value that is not finite breaks the line.
    var points: [(x: Double, y: Double)]
    /// Drawn faintly beneath in the same hue: the values before smoothing, or what stands in for
    /// values that are still to come.
    var raw: [(x: Double, y: Double)] = []
    /// False for a line whose letter stands at another one.
    var hasLetter = true

    /// Adds the values within `range` to `extremes`, raw ones included.
    func count(into extremes: inout Extremes, in range: ClosedRange<Double>) {
        for point in points where range.contains(point.x) { extremes.take(point.y) }
        for point in raw where range.contains(point.x) { extremes.take(point.y) }
    }

    /// Points within `range` whose values are numbers, but not above 0.
    func count(notAboveZeroIn range: ClosedRange<Double>) -> Int {
        points.count { range.contains($0.x) && $0.y.isFinite && $0.y <= 0 }
    }
}
