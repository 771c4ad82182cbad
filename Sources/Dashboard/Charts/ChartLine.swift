/// One arm's curve, ready for drawing.
struct ChartLine {
    var pen: DotCanvas.Pen
    /// Positions on the x axis and values; a value that is not finite breaks the line.
    var points: [(x: Double, y: Double)]
    /// The values before smoothing, drawn dim beneath; empty if they are the same.
    var raw: [(x: Double, y: Double)] = []

    /// The smallest and largest finite value within `range`, raw values included; nil if none.
    func extremes(in range: ClosedRange<Double>, above floor: Double?) -> ClosedRange<Double>? {
        var result: ClosedRange<Double>?
        for (x, y) in [points, raw].joined() where y.isFinite && range.contains(x) {
            if let floor, y <= floor { continue }
            result = result.map { min($0.lowerBound, y)...max($0.upperBound, y) } ?? y...y
        }
        return result
    }
}
