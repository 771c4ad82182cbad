import Foundation
internal import RunEvents

/// Places values on an axis from 0 (low end) to 1 (high end), linearly or by logarithm, with
/// ticks on round numbers.
struct ValueScale: Equatable, Sendable {
    let range: ClosedRange<Double>
    let isLogarithmic: Bool
    let ticks: [Double]
    /// Distance between ticks of a linear scale; decides the decimals of labels.
    let spacing: Double

    /// Beyond these magnitudes a difference or a power of ten is no number of its own any more.
    private static let (least, most) = (1e-290, 1e300)

    /// A scale that holds all of `values`, widened to whole ticks; values beyond 1e300 lie at its ends.
    ///
    /// Ticks stand on 1, 2 or 5 times a power of ten, about `tickCount` of them; with `rows` they
    /// stand on rows of a plot that high. A logarithmic scale takes positive values only; without
    /// any it falls back to linear.
    init(
        holding values: ClosedRange<Double>?, tickCount: Int, rows: Int? = nil,
        isLogarithmic: Bool = false
    ) {
        var low = min(max(values?.lowerBound ?? 0, -Self.most), Self.most)
        var high = min(max(values?.upperBound ?? 1, -Self.most), Self.most)
        if isLogarithmic, low > 0 {
            (range, ticks) = Self.logarithmic(
                low: max(low, Self.least), high: max(high, Self.least), tickCount: tickCount)
            self.isLogarithmic = true
            spacing = 0
            return
        }
        if high - low <= max(max(abs(low), abs(high)) * 1e-9, Self.least) {
            let margin = max(abs(low) * 0.1, low == 0 ? 0.5 : Self.least)
            (low, high) = (low - margin, high + margin)
        }
        self.isLogarithmic = false
        if let rows {
            let chosen = RowTicks(low: low, high: high, rows: rows)
            (range, ticks, spacing) = (chosen.range, chosen.ticks, chosen.spacing)
            return
        }
        let spacing = Self.roundStep((high - low) / Double(max(1, tickCount)))
        let first = (low / spacing + 1e-9).rounded(.down)
        let last = max((high / spacing - 1e-9).rounded(.up), first + 1)
        self.spacing = spacing
        range = first * spacing...last * spacing
        ticks = (0...min(64, Int(saturating: last - first))).map { (first + Double($0)) * spacing }
    }

    /// The place of `value` from 0 to 1, or nil if a logarithmic scale has none for it.
    func position(of value: Double) -> Double? {
        guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
        let (low, high, at) =
            isLogarithmic
            ? (log10(range.lowerBound), log10(range.upperBound), log10(value))
            : (range.lowerBound, range.upperBound, value)
        let place = (at - low) / (high - low)
        return place.isNaN ? nil : min(max(place, 0), 1)
    }

    /// The text of a tick, at most seven columns.
    func label(_ tick: Double) -> String {
        let decimals = isLogarithmic ? -floor(log10(tick)) : -floor(log10(spacing) + 1e-9)
        if decimals <= 4, abs(tick) < 1e6 {
            let text = NumberText.fixed(tick, decimals: max(0, Int(saturating: decimals)))
            if text.count <= 7 { return text }
        }
        let text = NumberText.exponent(tick)
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

    private static func logarithmic(
        low: Double, high: Double, tickCount: Int
    ) -> (ClosedRange<Double>, [Double]) {
        let first = Int(floor(log10(low) + 1e-9))
        let last = max(first + 1, Int(ceil(log10(high) - 1e-9)))
        let factors: [Double] = last - first <= 1 ? [1, 2, 5] : [1]
        let stride = max(1, (last - first + tickCount - 1) / max(1, tickCount))
        var marks = (first...last).filter { ($0 - first) % stride == 0 }.flatMap { power in
            factors.map { $0 * pow(10, Double(power)) }
        }
        let start = marks.last { $0 <= low * 1.0001 } ?? pow(10, Double(first))
        let end = marks.first { $0 >= high * 0.9999 && $0 > start } ?? pow(10, Double(last))
        marks.removeAll { $0 < start || $0 > end }
        return (start...end, marks)
    }
}
