import Foundation
internal import RunEvents

/// A linear axis that ends at round numbers and has a tick at each of a few round numbers.
struct PlotAxis: Equatable {
    private(set) var ticks: [Double]
    private let step: Double

    var lower: Double { ticks.first ?? 0 }
    var upper: Double { ticks.last ?? 1 }

    /// Beyond these magnitudes a difference or a power of ten is no number of its own any more.
    private static let (least, most) = (1e-290, 1e300)

    /// Covers all finite `values`; steps are 1, 2 or 5 times a power of ten.
    ///
    /// Values beyond 1e300 lie at the axis's ends.
    init(covering values: [Double], tickCount: Int = 5) {
        let finite = values.filter(\.isFinite).map { min(max($0, -Self.most), Self.most) }
        var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        if high - low <= max(max(abs(low), abs(high)) * 1e-9, Self.least) {
            let margin = max(abs(high) * 0.1, 0.5)
            (low, high) = (low - margin, high + margin)
        }
        let step = Self.roundStep((high - low) / Double(tickCount))
        let first = (low / step + 1e-9).rounded(.down)
        let last = max((high / step - 1e-9).rounded(.up), first + 1)
        ticks = (0...Int(saturating: last - first)).map { (first + Double($0)) * step }
        self.step = step
    }

    /// The smallest of 1, 2, 5, 10 times a power of ten that is not below `step`.
    private static func roundStep(_ step: Double) -> Double {
        let power = pow(10, log10(step).rounded(.down))
        let factor = [1.0, 2, 5].first { $0 * power >= step * (1 - 1e-9) } ?? 10
        return factor * power
    }

    /// Where a value lies between the ends, from 0 to 1.
    func position(_ value: Double) -> Double {
        min(max((value - lower) / (upper - lower), 0), 1)
    }

    /// A tick's text.
    func label(_ tick: Double) -> String {
        if abs(tick) >= 1e6 || step < 1e-6 { return String(format: "%g", tick) }
        let decimals = max(0, Int(saturating: -log10(step).rounded(.down)))
        return String(format: "%.\(decimals)f", tick == 0 ? 0 : tick)
    }
}
