import RunEvents

/// One measured number and where on every x axis it belongs.
struct SeriesPoint: CurvePoint, Equatable, Sendable {
    var step: Int
    var tokens: Int
    var seconds: Double
    var value: Double
}

extension SeriesPoint {
    /// The mean of points of one step; there is at least one.
    init(meanOf points: [SeriesPoint]) {
        let share = 1 / Double(points.count)
        self.init(
            step: points[0].step,
            tokens: Int(saturating: points.reduce(0) { $0 + Double($1.tokens) * share }),
            seconds: points.reduce(0) { $0 + $1.seconds * share },
            value: points.reduce(0) { $0 + $1.value * share })
    }
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

    init() {}

    /// The mean of several series, at the steps at which each of them has a finite value.
    init(meanOf series: [Series]) {
        guard let first = series.first else { return }
        var places = Array(repeating: 0, count: series.count)
        for point in first.points {
            let met = series.indices.compactMap { index in
                series[index].finitePoint(at: point.step, searchingFrom: &places[index])
            }
            if met.count == series.count { points.append(SeriesPoint(meanOf: met)) }
        }
    }

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

    /// The point at a step, if it is finite; `place` moves on to it.
    private func finitePoint(at step: Int, searchingFrom place: inout Int) -> SeriesPoint? {
        while place < points.count, points[place].step < step { place += 1 }
        guard place < points.count, points[place].step == step else { return nil }
        return points[place].value.isFinite ? points[place] : nil
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
