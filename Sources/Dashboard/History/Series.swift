import RunEvents

/// One measured number and where on every x axis it belongs.
struct SeriesPoint: CurvePoint, Equatable, Sendable {
    var step: Int
    var tokens: Int
    var seconds: Double
    var value: Double
}

/// What a series holds: one metric of one task.
struct SeriesKey: Hashable, Sendable {
    var kind: ObservationKind
    var task: String
    var metric: String
}

/// The points of one metric of one arm, ordered by step; a later value for a step replaces the
/// earlier one, as happens after a resume.
struct Series: Equatable, Sendable {
    private(set) var points: [SeriesPoint] = []

    mutating func insert(_ point: SeriesPoint) {
        guard let last = points.last, last.step >= point.step else {
            points.append(point)
            return
        }
        let index = firstIndex(from: point.step)
        if points[index].step == point.step {
            points[index] = point
        } else {
            points.insert(point, at: index)
        }
    }

    /// The value measured at exactly this step.
    func value(at step: Int) -> Double? {
        let index = firstIndex(from: step)
        return index < points.count && points[index].step == step ? points[index].value : nil
    }

    /// The newest finite value.
    var latest: SeriesPoint? { points.last { $0.value.isFinite } }

    /// The value of the base model, which every arm starts from.
    var base: Double? {
        guard let first = points.first, first.step == 0, first.value.isFinite else { return nil }
        return first.value
    }

    /// The finite point whose position on an axis is nearest to `x`.
    func nearest(to x: Double, on axis: XAxis) -> SeriesPoint? {
        points.lazy.filter { $0.value.isFinite }
            .min { abs(axis.position(of: $0) - x) < abs(axis.position(of: $1) - x) }
    }

    private func firstIndex(from step: Int) -> Int {
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].step < step { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// What the charts' x axis counts.
enum XAxis: String, CaseIterable, Sendable {
    case step, tokens
    case seconds = "time"

    func position(of point: SeriesPoint) -> Double {
        switch self {
        case .step: Double(point.step)
        case .tokens: Double(point.tokens)
        case .seconds: point.seconds
        }
    }

    var next: XAxis {
        switch self {
        case .step: .tokens
        case .tokens: .seconds
        case .seconds: .step
        }
    }

    /// A position as text: `1200`, `1.2M`, `4:07`.
    func text(_ x: Double) -> String {
        switch self {
        case .step: NumberText.fixed(x, decimals: 0)
        case .tokens: NumberText.count(x)
        case .seconds: NumberText.duration(x)
        }
    }
}
