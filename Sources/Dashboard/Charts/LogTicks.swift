import Foundation

/// Round ticks for an axis on which equal distances are equal ratios.
struct LogTicks {
    /// Ascending, within the range.
    let values: [Double]

    /// At most `count` ticks, or two.
    ///
    /// They stand on 1, 2 and 5 times powers of ten if these are few enough, else on powers of ten,
    /// else on every second, third, fifth and so on of them. A range with fewer than two of them has ticks at equal distances. A symmetric axis has one
    /// at 0 and none within its unit.
    init(range: ClosedRange<Double>, spread: ValueScale.Spread, count: Int) {
        let count = max(2, count)
        let choices = [([1.0, 2, 5], 1)] + [1, 2, 3, 5, 10, 20, 50, 100, 300].map { ([1.0], $0) }
        let ticks = choices.lazy.map { factors, stride in
            Self.ticks(in: range, spread: spread, factors: factors, stride: stride)
        }
        let chosen = ticks.first { $0.count <= count } ?? []
        values = chosen.count >= 2 ? chosen : Self.even(in: range, count: count)
    }

    private static func ticks(
        in range: ClosedRange<Double>, spread: ValueScale.Spread, factors: [Double], stride: Int
    ) -> [Double] {
        guard case .symmetric(let unit) = spread else {
            return powers(
                from: range.lowerBound, through: range.upperBound, factors: factors, stride: stride)
        }
        let up = powers(from: unit, through: range.upperBound, factors: factors, stride: stride)
        let down = powers(from: unit, through: -range.lowerBound, factors: factors, stride: stride)
        return down.reversed().map(-) + (range.contains(0) ? [0] : []) + up
    }

    private static func powers(
        from low: Double, through high: Double, factors: [Double], stride: Int
    ) -> [Double] {
        guard low > 0, high >= low else { return [] }
        let first = Int(floor(log10(low) + 1e-9))
        let last = Int(floor(log10(high) + 1e-9))
        let powers = (first...last).filter { $0 % stride == 0 }
        let ticks: [Double] = powers.flatMap { power in
            factors.map { $0 * pow(10, Double(power)) }
        }
        return ticks.filter { low * (1 - 1e-9) <= $0 && $0 <= high * (1 + 1e-9) }
    }

    private static func even(in range: ClosedRange<Double>, count: Int) -> [Double] {
        let spacing = ValueScale.roundStep(
            (range.upperBound - range.lowerBound) / Double(max(2, count)))
        let first = (range.lowerBound / spacing - 1e-9).rounded(.up)
        let last = (range.upperBound / spacing + 1e-9).rounded(.down)
        guard last >= first else { return [range.lowerBound] }
        return (0...Int(min(64, last - first))).map { (first + Double($0)) * spacing }
    }
}
