import Foundation

/// One arm's curve, ready for drawing.
struct ChartLine {
    var pen: DotCanvas.Pen
    /// Positions on the x axis and values; a value that is not finite breaks the line.
    var points: [(x: Double, y: Double)]
    /// Drawn faintly beneath in the same hue: the values before smoothing, or what stands in for
    /// values that are still to come.
    var raw: [(x: Double, y: Double)] = []
    /// Shaded beneath: what lies between two values.
    var band: [(x: Double, low: Double, high: Double)] = []
    /// False for a line whose letter stands at another one.
    var hasLetter = true

    /// Adds the values within `range` to `extremes`, raw ones and those at which curves cross its ends
    /// included; with `isRatio`, curves are straight on a logarithmic axis.
    func count(into extremes: inout Extremes, in range: ClosedRange<Double>, isRatio: Bool) {
        for curve in [raw, points] {
            var before: (x: Double, y: Double)?
            for point in curve {
                if let before, before.x < point.x {
                    for end in [range.lowerBound, range.upperBound]
                    where before.x < end && end < point.x {
                        extremes.take(Self.value(at: end, before, point, isRatio: isRatio))
                    }
                }
                if range.contains(point.x) { extremes.take(point.y) }
                before = point
            }
        }
    }

    private static func value(
        at x: Double, _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), isRatio: Bool
    ) -> Double {
        let share = (x - from.x) / (to.x - from.x)
        guard isRatio, from.y > 0, to.y > 0 else { return from.y * (1 - share) + to.y * share }
        return from.y * pow(to.y / from.y, share)
    }

    /// Points within `range` whose values are numbers, but not above 0.
    func count(notAboveZeroIn range: ClosedRange<Double>) -> Int {
        points.count { range.contains($0.x) && $0.y.isFinite && $0.y <= 0 }
    }
}
