/// A measurement on a trajectory's way: where it was made, and its value.
package struct CurvePoint: Sendable, Equatable {
    package var step: Int
    /// Tokens trained on by then.
    package var tokens: Int
    /// Seconds of training and evaluation by the trajectory's own clock.
    package var seconds: Double
    package var value: Double
    /// The value's standard error over the items; nil where there is none.
    package var error: Double?
    /// The items that the value is made of; nil where it is not made of items.
    package var count: Int?

    package init(
        step: Int, tokens: Int, seconds: Double, value: Double, error: Double? = nil,
        count: Int? = nil
    ) {
        self.step = step
        self.tokens = tokens
        self.seconds = seconds
        self.value = value
        self.error = error
        self.count = count
    }
}

extension CurvePoint {
    /// The point that an observation puts on its curve.
    package init(_ seen: Observation) {
        self.init(
            step: seen.step, tokens: seen.tokens, seconds: seen.seconds, value: seen.value,
            error: seen.error, count: seen.count)
    }
}

/// A curve: points ascending by step.
extension [CurvePoint] {
    /// The curve without its `nan` and `inf` points.
    package var finite: [CurvePoint] { filter(\.value.isFinite) }

    /// The value at a step between two points, by linear interpolation; nil outside them.
    package func value(atStep step: Double) -> Double? {
        let right = firstIndex(fromStep: step)
        guard let first, step >= Double(first.step), right < count else { return nil }
        let b = self[right]
        guard right > 0, Double(b.step) > step else { return b.value }
        let a = self[right - 1]
        let share = (step - Double(a.step)) / (Double(b.step) - Double(a.step))
        return a.value + share * (b.value - a.value)
    }

    /// Where the first point at or after a step is, or would be.
    package func firstIndex(fromStep step: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if Double(self[middle].step) < step { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
