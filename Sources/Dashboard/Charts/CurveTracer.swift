internal import RunEvents

/// Joins points to a curve, one dot column at a time, keeping each column's extremes.
struct CurveTracer {
    let pen: Int
    let scale: ValueScale
    /// The dot of the canvas nearest to the end, and the value there.
    private(set) var end: (x: Int, y: Int, value: Double)?
    /// Where values are not numbers.
    private(set) var gaps: [(x: Int, y: Int)] = []
    private var column = -1
    private var values: (first: Double, last: Double, low: Double, high: Double) = (0, 0, 0, 0)
    private var previous: (x: Int, y: Int)?
    private var isEmpty = true
    private var isMarked = false

    init(pen: Int, scale: ValueScale) {
        self.pen = pen
        self.scale = scale
    }

    /// Takes a value that has a place on the scale.
    mutating func add(x: Int, value: Double, isMeasured: Bool, on canvas: inout DotCanvas) {
        if !isEmpty, x == column {
            isMarked = isMarked || isMeasured
            values = (values.first, value, min(values.low, value), max(values.high, value))
            return
        }
        flush(on: &canvas)
        (column, isEmpty, isMarked) = (x, false, isMeasured)
        values = (value, value, value, value)
    }

    /// Draws the column that is being gathered.
    mutating func flush(on canvas: inout DotCanvas) {
        guard !isEmpty else { return }
        let last = row(of: values.last, on: canvas)
        if let previous {
            canvas.line(from: previous, to: (column, row(of: values.first, on: canvas)), pen: pen)
        }
        for y in row(of: values.high, on: canvas)...row(of: values.low, on: canvas) {
            canvas.set(x: column, y: y, pen: pen, stroke: .span)
        }
        if isMarked {
            canvas.mark(x: column, y: last, pen: pen)
        } else {
            canvas.set(x: column, y: last, pen: pen, stroke: .line)
        }
        previous = (column, last)
        end = (column, min(max(last, 0), canvas.height - 1), values.last)
        isEmpty = true
    }

    /// Interrupts the line; with `isGap`, at a value that is no number.
    mutating func breakLine(x: Int, isGap: Bool, on canvas: inout DotCanvas) {
        flush(on: &canvas)
        if isGap { gaps.append((x, end?.y ?? 0)) }
        previous = nil
    }

    /// The dot row of a value; of one far outside the scale, one not too far outside the canvas.
    private func row(of value: Double, on canvas: DotCanvas) -> Int {
        let place = min(max(scale.place(of: value) ?? 0, -3), 4)
        return Int(saturating: ((1 - place) * Double(canvas.height - 1)).rounded())
    }
}
