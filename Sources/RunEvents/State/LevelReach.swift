/// Where a curve first comes down to a level.
package struct LevelReach: Sendable, Equatable {
    /// Between two evaluations as a rule.
    package var step: Double
    package var tokens: Double

    package init(step: Double, tokens: Double) {
        self.step = step
        self.tokens = tokens
    }
}

extension [CurvePoint] {
    /// Where the running minimum m of a curve of finite points first comes down to `level`; nil if
    /// it never does.
    ///
    /// The first neighbours t and t+1 with m_t > level >= m_{t+1} enclose it, and the place between
    /// them is at u = (m_t − level) / (m_t − m_{t+1}) of the way. Nothing is extrapolated.
    package func firstReach(of level: Double) -> LevelReach? {
        guard let index = firstIndex(where: { $0.value <= level }) else { return nil }
        let b = self[index]
        guard index > 0, let least = self[..<index].lazy.map(\.value).min() else {
            return LevelReach(step: Double(b.step), tokens: Double(b.tokens))
        }
        let a = self[index - 1]
        // Halved, for the difference of two large numbers may be beyond all numbers.
        let share = (least / 2 - level / 2) / (least / 2 - b.value / 2)
        return LevelReach(
            step: Double(a.step) + share * (Double(b.step) - Double(a.step)),
            tokens: Double(a.tokens) + share * (Double(b.tokens) - Double(a.tokens)))
    }
}
