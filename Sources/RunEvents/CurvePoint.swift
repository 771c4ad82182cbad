/// A measurement on an arm's way: where it was made, and its value.
package protocol CurvePoint {
    var step: Int { get }
    /// Tokens trained on by then.
    var tokens: Int { get }
    var value: Double { get }
}

/// A curve: points ascending by step.
extension Array where Element: CurvePoint {
    /// The curve without its `nan` and `inf` points.
    package var finite: [Element] { filter(\.value.isFinite) }

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

    /// Where the curve first comes down to `level`, by linear interpolation; nil if it never does.
    package func firstReach(of level: Double) -> (step: Double, tokens: Double)? {
        guard let index = firstIndex(where: { $0.value <= level }) else { return nil }
        let b = self[index]
        guard index > 0 else { return (Double(b.step), Double(b.tokens)) }
        let a = self[index - 1]
        // Halved, for the difference of two large numbers may be beyond all numbers.
        let share = (a.value / 2 - level / 2) / (a.value / 2 - b.value / 2)
        return (
            Double(a.step) + share * (Double(b.step) - Double(a.step)),
            Double(a.tokens) + share * (Double(b.tokens) - Double(a.tokens))
        )
    }
}
