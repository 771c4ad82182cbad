/// One number of one arm over the steps at which it was measured.
package struct Curve: Sendable, Equatable {
    /// The number at one step, and the tokens the arm had seen by then.
    package struct Point: Sendable, Equatable {
        package var step: Int
        package var tokens: Int
        package var value: Double

        package init(step: Int, tokens: Int, value: Double) {
            self.step = step
            self.tokens = tokens
            self.value = value
        }
    }

    /// Ascending by step, one point per step.
    package private(set) var points: [Point] = []

    package init() {}

    /// Adds a measurement; one of a step that was measured before replaces it.
    package mutating func add(_ point: Point) {
        let index = points.lastIndex { $0.step <= point.step }
        if let index, points[index].step == point.step {
            points[index] = point
        } else {
            points.insert(point, at: index.map { $0 + 1 } ?? 0)
        }
    }

    /// The curve without its `nan` and `inf` points.
    var finite: Curve {
        var curve = Curve()
        curve.points = points.filter(\.value.isFinite)
        return curve
    }

    /// The value at a step between two measurements, by linear interpolation; nil outside them.
    package func value(atStep step: Double) -> Double? {
        guard let first = points.first, let last = points.last, step >= Double(first.step),
            step <= Double(last.step)
        else { return nil }
        guard let right = points.firstIndex(where: { Double($0.step) >= step }) else { return nil }
        guard right > 0, Double(points[right].step) > step else { return points[right].value }
        let (a, b) = (points[right - 1], points[right])
        let share = (step - Double(a.step)) / Double(b.step - a.step)
        return a.value + share * (b.value - a.value)
    }

    /// Where the curve first comes down to `level`, by linear interpolation; nil if it never does.
    package func firstReach(of level: Double) -> (step: Double, tokens: Double)? {
        guard let index = points.firstIndex(where: { $0.value <= level }) else { return nil }
        let b = points[index]
        guard index > 0 else { return (Double(b.step), Double(b.tokens)) }
        let a = points[index - 1]
        let share = (a.value - level) / (a.value - b.value)
        return (
            Double(a.step) + share * Double(b.step - a.step),
            Double(a.tokens) + share * Double(b.tokens - a.tokens)
        )
    }
}
