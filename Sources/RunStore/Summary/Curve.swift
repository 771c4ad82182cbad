internal import RunEvents

/// One number of one arm over the steps at which it was measured.
package struct Curve: Sendable, Equatable {
    /// The number at one step, and the tokens the arm had seen by then.
    package struct Point: CurvePoint, Sendable, Equatable {
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
        guard let last = points.last, last.step >= point.step else {
            points.append(point)
            return
        }
        let index = points.firstIndex(fromStep: Double(point.step))
        if points[index].step == point.step {
            points[index] = point
        } else {
            points.insert(point, at: index)
        }
    }
}
