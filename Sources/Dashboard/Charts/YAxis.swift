import Foundation
import RunEvents

/// How a chart's axis of values is chosen.
enum YAxis: String, CaseIterable, Sendable {
    /// Logarithmic where values that are positive by nature differ by more than a factor of ten.
    case automatic
    case linear
    /// Logarithmic; symmetric about 0 for a metric that may be negative and is.
    case logarithmic = "log"

    var next: YAxis {
        switch self {
        case .automatic: .linear
        case .linear: .logarithmic
        case .logarithmic: .automatic
        }
    }

    /// The spread of an axis for these values of a metric.
    func spread(of extremes: Extremes, values: MetricDefinition.Values) -> ValueScale.Spread {
        switch self {
        case .linear: return .linear
        case .automatic:
            return values == .positive && extremes.ratio > 10 ? .logarithmic : .linear
        case .logarithmic:
            if values == .positive || extremes.lowest > 0 {
                return extremes.lowestPositive.isFinite ? .logarithmic : .linear
            }
            return .symmetric(unit: extremes.symmetricUnit)
        }
    }

    /// What a title says of the axis in force: `log (auto)`, `linear`.
    func remark(_ spread: ValueScale.Spread) -> String {
        self == .automatic ? spread.name + " (auto)" : spread.name
    }
}

extension ValueScale.Spread {
    /// The spread in a word or two.
    var name: String {
        switch self {
        case .linear: "linear"
        case .logarithmic: "log"
        case .symmetric: "log about 0"
        }
    }
}

/// The ends of the finite values that an axis has to show.
struct Extremes: Equatable, Sendable {
    private(set) var lowest = Double.infinity
    private(set) var highest = -Double.infinity
    private(set) var lowestPositive = Double.infinity

    mutating func take(_ value: Double) {
        guard value.isFinite else { return }
        lowest = min(lowest, value)
        highest = max(highest, value)
        if value > 0 { lowestPositive = min(lowestPositive, value) }
    }

    /// Makes room for a budget, unless it is so far off that the curves would look flat beside it.
    mutating func takeBudget(_ value: Double) {
        let span = highest - lowest
        guard !(span > 0) || (lowest - 3 * span...highest + 3 * span).contains(value) else {
            return
        }
        take(value)
    }

    /// Largest over smallest positive value; 1 without any.
    var ratio: Double { lowestPositive.isFinite ? highest / lowestPositive : 1 }

    /// What a scale of this spread has to hold; nil without any value.
    func range(for spread: ValueScale.Spread) -> ClosedRange<Double>? {
        guard lowest <= highest else { return nil }
        return spread == .logarithmic && lowestPositive <= highest
            ? lowestPositive...highest : lowest...highest
    }

    /// The power of ten at least a hundredth of the largest magnitude, about which two decades of
    /// values are told apart.
    fileprivate var symmetricUnit: Double {
        let largest = min(max(abs(lowest), abs(highest)), ValueScale.most)
        guard largest > ValueScale.least * 1e3 else { return 1 }
        return pow(10, floor(log10(largest)) - 2)
    }
}
