import RunEvents

/// The places on the x axis at which a chart has points to read.
struct CursorStops {
    let series: [Curve]
    let axis: XAxis
    /// The least way of one move, for curves with more points than columns.
    let spacing: Double

    var first: Double? { positions.min() }
    var last: Double? { positions.max() }

    private var positions: some Sequence<Double> {
        series.lazy.flatMap(\.points).lazy.filter { $0.value.isFinite }
            .map(axis.position).filter(\.isFinite)
    }

    /// The stop that many stops to the right, or with a negative `count` to the left; the outermost
    /// one if there are fewer.
    func move(from start: Double, by count: Int) -> Double {
        var x = start
        for _ in 0..<abs(count) {
            guard let next = count > 0 ? next(after: x) : next(before: x) else { break }
            x = next
        }
        return x
    }

    /// The nearest stop to `x`.
    func nearest(to x: Double) -> Double? {
        positions.min { abs($0 - x) < abs($1 - x) }
    }

    private func next(after x: Double) -> Double? {
        positions.filter { $0 > x && $0 >= x + spacing }.min() ?? positions.filter { $0 > x }.max()
    }

    private func next(before x: Double) -> Double? {
        positions.filter { $0 < x && $0 <= x - spacing }.max() ?? positions.filter { $0 < x }.min()
    }
}
