internal import RunEvents

/// Shades what lies between two edges, which are straight between the given places.
struct BandTracer {
    let pen: Int

    /// - Parameters:
    ///   - places: `x` in dots; the edges from 0, the foot of the canvas, to 1. In order of `x`, up or
    ///     down.
    ///   - canvas: What is beyond it is left out.
    func shade(
        _ places: [(x: Double, low: Double, high: Double)], on canvas: inout DotCanvas
    ) {
        for (from, to) in zip(places, places.dropFirst()) {
            let (left, right) = from.x <= to.x ? (from, to) : (to, from)
            let first = Int(saturating: max(0, left.x).rounded(.up))
            let last = Int(saturating: min(Double(canvas.width - 1), right.x).rounded(.down))
            guard first <= last else { continue }
            for x in first...last {
                let share = right.x > left.x ? (Double(x) - left.x) / (right.x - left.x) : 0
                let rows = [
                    left.low + (right.low - left.low) * share,
                    left.high + (right.high - left.high) * share,
                ].map { row(of: $0, on: canvas) }
                canvas.shade(x: x, rows: min(rows[0], rows[1])...max(rows[0], rows[1]), pen: pen)
            }
        }
    }

    /// The dot row of a place; of one far outside, one just outside the canvas.
    private func row(of place: Double, on canvas: DotCanvas) -> Int {
        Int(saturating: ((1 - min(max(place, -1), 2)) * Double(canvas.height - 1)).rounded())
    }
}
