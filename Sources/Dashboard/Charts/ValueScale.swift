import Foundation
internal import RunEvents

/// Places values on an axis from 0 (low end) to 1 (high end), with ticks on round numbers.
struct ValueScale: Equatable, Sendable {
    /// How values are spread over an axis.
    enum Spread: Equatable, Sendable {
        case linear
        /// By log10; values at or below 0 have no place.
        case logarithmic
        /// By asinh(value / unit): logarithmic on both sides of 0, linear within `unit` of it.
        case symmetric(unit: Double)
    }

    let spread: Spread
    let range: ClosedRange<Double>
    let ticks: [Double]
    /// Distance between ticks of a linear scale; decides the decimals of labels.
    let spacing: Double
    /// The ends of the range as they are spread.
    private let start, length: Double

    /// Beyond these magnitudes a difference or a power of ten is no number of its own any more.
    static let (least, most) = (1e-290, 1e300)

    /// A scale that holds all of `values`; those beyond 1e300 lie at its ends.
    ///
    /// Ticks stand on 1, 2 or 5 times a power of ten. A linear scale is widened to whole ticks,
    /// about `tickCount` of them; with `rows` they stand on rows of a plot that high. The others
    /// are widened to one significant digit and have at most `tickCount` ticks. A logarithmic scale
    /// takes positive values only; given others it is linear.
    init(
        holding values: ClosedRange<Double>?, spread: Spread = .linear, tickCount: Int,
        rows: Int? = nil
    ) {
        var low = min(max(values?.lowerBound ?? 0, -Self.most), Self.most)
        var high = min(max(values?.upperBound ?? 1, -Self.most), Self.most)
        self.spread = spread == .logarithmic && low <= 0 ? .linear : spread
        if self.spread == .logarithmic {
            (low, high) = (max(low, Self.least), max(high, Self.least))
        }
        if self.spread == .linear {
            (range, ticks, spacing) = Self.linear(low, high, tickCount: tickCount, rows: rows)
        } else {
            range = Self.rounded(low, high, spread: spread)
            ticks = LogTicks(range: range, spread: spread, count: tickCount).values
            spacing = 0
        }
        start = Self.spread(range.lowerBound, by: self.spread)
        length = Self.spread(range.upperBound, by: self.spread) - start
    }

    /// The place of `value` from 0 to 1, the nearer end for one outside the range; nil if the scale
    /// has none for it.
    func position(of value: Double) -> Double? {
        place(of: value).map { min(max($0, 0), 1) }
    }

    /// Whether the scale has a place for `value`.
    func holds(_ value: Double) -> Bool {
        value.isFinite && (value > 0 || spread != .logarithmic)
    }

    /// `value`, or the nearer end of the range for one outside it.
    func held(_ value: Double) -> Double {
        min(max(value, range.lowerBound), range.upperBound)
    }

    /// As `position`, but under 0 and over 1 outside the range.
    func place(of value: Double) -> Double? {
        guard holds(value) else { return nil }
        let place = (Self.spread(value, by: spread) - start) / length
        return place.isNaN ? nil : place
    }

    /// The value at a place.
    func value(at place: Double) -> Double {
        let spreadOut = start + place * length
        switch spread {
        case .linear: return spreadOut
        case .logarithmic: return pow(10, spreadOut)
        case .symmetric(let unit): return unit * sinh(spreadOut)
        }
    }

    /// The text of a tick, at most seven columns.
    func label(_ tick: Double) -> String {
        let unit = spacing > 0 ? log10(spacing) + 1e-9 : tick == 0 ? 0 : log10(abs(tick)) + 1e-9
        let decimals = -floor(unit)
        if decimals <= 4, abs(tick) < 1e6 {
            let text = NumberText.fixed(tick, decimals: max(0, Int(saturating: decimals)))
            if text.count <= 7 { return text }
        }
        let text = NumberText.exponent(tick, digits: spacing > 0 ? 1 : 0)
        return text.count <= 7 ? text : NumberText.exponent(tick, digits: 0)
    }

    /// The smallest of 1, 2, 5 times a power of ten that is not under `step`.
    static func roundStep(_ step: Double) -> Double {
        guard step.isFinite, step > 0 else { return 1 }
        let power = pow(10, floor(log10(step)))
        guard power > 0 else { return step }
        let factor = step / power
        return (factor <= 1.0001 ? 1 : factor <= 2.0001 ? 2 : factor <= 5.0001 ? 5 : 10) * power
    }

    private static func spread(_ value: Double, by spread: Spread) -> Double {
        switch spread {
        case .linear: value
        case .logarithmic: log10(value)
        case .symmetric(let unit): asinh(value / unit)
        }
    }

    private static func linear(
        _ low: Double, _ high: Double, tickCount: Int, rows: Int?
    ) -> (ClosedRange<Double>, [Double], Double) {
        var (low, high) = (low, high)
        if high - low <= max(max(abs(low), abs(high)) * 1e-9, least) {
            let margin = max(abs(low) * 0.1, low == 0 ? 0.5 : least)
            (low, high) = (low - margin, high + margin)
        }
        if let rows {
            let chosen = RowTicks(low: low, high: high, rows: rows)
            return (chosen.range, chosen.ticks, chosen.spacing)
        }
        let spacing = roundStep((high - low) / Double(max(1, tickCount)))
        let first = (low / spacing + 1e-9).rounded(.down)
        let last = max((high / spacing - 1e-9).rounded(.up), first + 1)
        let ticks = (0...Int(min(64, last - first))).map { (first + Double($0)) * spacing }
        return (first * spacing...last * spacing, ticks, spacing)
    }

    /// The range with ends of one significant digit, so that it seldom moves while values come in.
    private static func rounded(
        _ low: Double, _ high: Double, spread: Spread
    ) -> ClosedRange<Double> {
        var (start, end) = (digit(low, .down), digit(high, .up))
        if start >= end, spread == .logarithmic {
            (start, end) = (digit(start * 0.9, .down), digit(max(end, start) * 1.1, .up))
        } else if start >= end {
            (start, end) = (start - max(abs(start) / 2, least), end + max(abs(end) / 2, least))
        }
        return start...end
    }

    /// `value` with one significant digit, or 1.5, not above (`down`) or not below (`up`) it.
    private static func digit(_ value: Double, _ rule: FloatingPointRoundingRule) -> Double {
        guard abs(value) >= least else { return 0 }
        let power = pow(10, floor(log10(abs(value)) + 1e-12))
        let step = abs(value) < 2 * power ? power / 2 : power
        let slack = rule == .up ? -1e-9 : 1e-9
        return min(max((value / step + slack).rounded(rule) * step, -most), most)
    }
}
