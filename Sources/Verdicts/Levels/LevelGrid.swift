/// The levels at which arms are compared: evenly from the base's value of the axis of learning down to
/// the lowest that any trajectory reaches.
///
/// Values are losses, lower is better; accuracies come with their sign turned.
struct LevelGrid: Sendable {
    /// Levels are numbered 0 (the base's) to this one.
    static let last = 128

    let base: Double
    let lowest: Double
    /// A level that stands at another value than the even one.
    private var chosen: (index: Int, value: Double) = (-1, .nan)

    init(base: Double, lowest: Double) {
        (self.base, self.lowest) = (base, lowest)
    }

    /// The last one is the lowest value itself, however numbers round.
    func level(_ index: Int) -> Double {
        if index == chosen.index { return chosen.value }
        return index == Self.last
            ? lowest : base + (lowest - base) * (Double(index) / Double(Self.last))
    }

    /// The same levels, but the one nearest to a value stands at it.
    ///
    /// - Returns: That one's number, with the grid; nil for a value beyond the ends.
    func choosing(_ value: Double) -> (index: Int, grid: LevelGrid)? {
        let share = (value - base) / (lowest - base)
        guard share >= -Self.rounding, share <= 1 + Self.rounding else { return nil }
        let index = Int((min(max(share, 0), 1) * Double(Self.last)).rounded())
        var grid = self
        grid.chosen = (index, min(max(value, lowest), base))
        return (index, grid)
    }

    /// What a value that was written and read again may lie beyond an end, as a share of the way.
    private static let rounding = 1e-9

    /// Where a curve first comes down to a level.
    struct Crossing: Sendable, Equatable {
        /// The evaluation after it; the one before is just before that.
        var after: Int
        /// How far it is from the one to the other, in 0...1.
        var share: Double
        /// How much the running minimum fell from the one to the other.
        var width: Double

        /// Another number of the curve there, by linear interpolation.
        func value(of numbers: [Double]) -> Double {
            (1 - share) * numbers[after - 1] + share * numbers[after]
        }
    }

    /// Reads a curve at the levels by its running minimum, in order.
    ///
    /// At a level ℓ the first pair of evaluations t − 1, t whose running minima enclose it gives
    /// u = (m_{t−1} − ℓ) / (m_{t−1} − m_t). Nothing is extrapolated.
    ///
    /// - Parameters:
    ///   - values: Of the evaluations, finite.
    ///   - body: Is given each level that is reached, and where.
    /// - Returns: How many levels the curve reaches.
    @inline(__always) @discardableResult
    func read(_ values: [Double], _ body: (Int, Crossing) -> Void) -> Int {
        guard var lowest = values.first else { return 0 }
        var index = 0
        for after in values.indices.dropFirst() where values[after] < lowest {
            let width = lowest - values[after]
            while index <= Self.last, case let level = self.level(index), values[after] <= level {
                if level <= lowest {
                    let share = (lowest - level) / width
                    body(index, Crossing(after: after, share: share, width: width))
                }
                index += 1
            }
            lowest = values[after]
        }
        return index
    }
}
