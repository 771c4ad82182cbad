import RunEvents

import Foundation

/// Debiased exponential moving average, weighted by the gaps between steps.
///
/// m <- w m + (1 - w) y, n <- w n + (1 - w), smoothed = m / n, with w = strength^(gap / unit):
/// sparse and dense series of one run are smoothed over the same span of steps. Values that are
/// not finite pass through and leave the average as it is.
enum Smoothing {
    /// The strengths that `{` and `}` go through.
    static let levels = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.99]

    static func smoothed(_ points: [CurvePoint], strength: Double, unit: Double) -> [CurvePoint] {
        guard strength > 0 else { return points }
        var result = points
        var (mean, weight) = (0.0, 0.0)
        var previous: Double?
        var power = (gap: Double.nan, value: 0.0)
        for index in points.indices where points[index].value.isFinite {
            let step = Double(points[index].step)
            let gap = previous.map { step - $0 } ?? 1
            previous = step
            if gap != power.gap { power = (gap, pow(strength, max(gap, 0) / max(unit, 1e-9))) }
            let keep = power.value
            mean = keep * mean + (1 - keep) * points[index].value
            weight = keep * weight + (1 - keep)
            result[index].value = weight > 0 ? mean / weight : points[index].value
        }
        return result
    }
}
