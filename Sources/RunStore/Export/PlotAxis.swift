import Foundation

/// A linear axis that ends at round numbers and has a tick at each of a few round numbers.
struct PlotAxis: Equatable {
    private(set) var ticks: [Double]
    private var decimals: Int

    var lower: Double { ticks.first ?? 0 }
    var upper: Double { ticks.last ?? 1 }

    /// Covers all finite `values`; steps are 1, 2 or 5 times a power of ten.
    init(covering values: [Double], tickCount: Int = 5) {
        let finite = values.filter(\.isFinite)
        var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        if high - low <= abs(high) * 1e-9 {
            let margin = max(abs(high) * 0.1, 0.5)
            (low, high) = (low - margin, high + margin)
        }
        let step = Self.roundStep((high - low) / Double(tickCount))
        let first = (low / step + 1e-9).rounded(.down)
        let last = (high / step - 1e-9).rounded(.up)
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
        decimals = min(max(Int(-log10(step).rounded(.down)), 0), 12)
    }

    /// The smallest of 1, 2, 5, 10 times a power of ten that is not below `step`.
    private static func roundStep(_ step: Double) -> Double {
        let power = pow(10, log10(step).rounded(.down))
        let factor = [1.0, 2, 5].first { $0 * power >= step * (1 - 1e-9) } ?? 10
        return factor * power
    }

    /// Where a value lies between the ends, from 0 to 1.
    func position(_ value: Double) -> Double { (value - lower) / (upper - lower) }

    /// A tick's text.
    func label(_ tick: Double) -> String {
        if abs(tick) >= 1e6 { return String(format: "%g", tick) }
        return String(format: "%.\(decimals)f", tick == 0 ? 0 : tick)
    }
}
