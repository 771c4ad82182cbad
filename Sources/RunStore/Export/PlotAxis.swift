import Foundation
internal import RunEvents

/// An axis that ends at round numbers and has a tick at each of a few round numbers.
struct PlotAxis: Equatable {
    private(set) var ticks: [Double]
    let isLogarithmic: Bool
    /// Distance between ticks of a linear axis.
    private let step: Double

    var lower: Double { ticks.first ?? 0 }
    var upper: Double { ticks.last ?? 1 }

    /// Beyond these magnitudes a difference or a power of ten is no number of its own any more.
    private static let (least, most) = (1e-290, 1e300)

    /// Covers all finite `values`; those beyond 1e300 lie at the axis's ends.
    ///
    /// Logarithmic, as on the screen, where values that are positive by nature, and are so here,
    /// differ by more than a factor of ten. Ticks stand on 1, 2 or 5 times powers of ten, or at
    /// equal distances of such a number.
    init(covering values: [Double], of kind: MetricDefinition.Values = .signed) {
        let finite = values.filter(\.isFinite).map { min(max($0, -Self.most), Self.most) }
        let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        isLogarithmic = kind == .positive && low >= Self.least && high / low > 10
        (ticks, step) =
            isLogarithmic ? (Self.powers(low, high), 0) : Self.even(low, high, count: 5)
    }

    /// 1, 2 and 5 times powers of ten around a range, or powers of ten where these are many.
    private static func powers(_ low: Double, _ high: Double) -> [Double] {
        let first = Int(saturating: log10(low).rounded(.down))
        let last = Int(saturating: log10(high).rounded(.up))
        guard last - first <= 3 else {
            let stride = (last - first + 5) / 6
            return (0...(last - first + stride - 1) / stride).map {
                pow(10, Double(first + $0 * stride))
            }
        }
        let all = (first...last).flatMap { power in
            [1.0, 2, 5].map { $0 * pow(10, Double(power)) }
        }
        let start = all.lastIndex { $0 <= low * (1 + 1e-9) } ?? 0
        let end = all.firstIndex { $0 >= high * (1 - 1e-9) } ?? all.count - 1
        return Array(all[start...end])
    }

    private static func even(
        _ low: Double, _ high: Double, count: Int
    ) -> ([Double], Double) {
        var (low, high) = (low, high)
        if high - low <= max(max(abs(low), abs(high)) * 1e-9, least) {
            let margin = max(abs(high) * 0.1, 0.5)
            (low, high) = (low - margin, high + margin)
        }
        let step = roundStep((high - low) / Double(count))
        let first = (low / step + 1e-9).rounded(.down)
        let last = max((high / step - 1e-9).rounded(.up), first + 1)
        return ((0...Int(saturating: last - first)).map { (first + Double($0)) * step }, step)
    }

    /// The smallest of 1, 2, 5, 10 times a power of ten that is not below `step`.
    private static func roundStep(_ step: Double) -> Double {
        let power = pow(10, log10(step).rounded(.down))
        let factor = [1.0, 2, 5].first { $0 * power >= step * (1 - 1e-9) } ?? 10
        return factor * power
    }

    /// Where a value lies between the ends, from 0 to 1.
    func position(_ value: Double) -> Double {
        let (low, high, at) =
            isLogarithmic
            ? (log10(lower), log10(upper), log10(max(value, lower))) : (lower, upper, value)
        return min(max((at - low) / (high - low), 0), 1)
    }

    /// A tick's text.
    func label(_ tick: Double) -> String {
        if isLogarithmic || abs(tick) >= 1e6 || step < 1e-6 { return String(format: "%g", tick) }
        let decimals = max(0, Int(saturating: -log10(step).rounded(.down)))
        return String(format: "%.\(decimals)f", tick == 0 ? 0 : tick)
    }
}
