/// Draws curves with a y axis; the x axis is drawn apart, because charts share it.
struct LineChart {
    /// Columns left of the plot: labels, axis.
    static let labelColumns = 8
    /// Columns right of the plot, for the letters of curves that reach the edge.
    static let gutterColumns = 2

    let region: Region
    let xRange: ClosedRange<Double>
    let lines: [ChartLine]
    let scale: ValueScale
    /// The base model's value, drawn as a reference.
    let base: Double?
    /// The cursor's place on the x axis.
    let cursor: Double?
    let glyphs: GlyphSet

    init(
        region: Region, xRange: ClosedRange<Double>, lines: [ChartLine], base: Double?,
        cursor: Double?, isLogarithmic: Bool, glyphs: GlyphSet
    ) {
        self.region = region
        self.xRange = xRange
        self.lines = lines
        self.base = base
        self.cursor = cursor
        self.glyphs = glyphs
        let ranges = lines.compactMap { $0.extremes(in: xRange, above: isLogarithmic ? 0 : nil) }
        let known = ranges + [base.map { $0...$0 }].compactMap { $0 }
        let whole = known.dropFirst().reduce(known.first) { all, next in
            all.map { min($0.lowerBound, next.lowerBound)...max($0.upperBound, next.upperBound) }
        }
        scale = ValueScale(
            holding: whole, tickCount: max(1, min(6, region.rows / 2)), rows: region.rows,
            isLogarithmic: isLogarithmic)
    }

    /// The plot's columns in a region of this width.
    static func plotColumns(of width: Int) -> Int { max(1, width - labelColumns - gutterColumns) }

    private var plot: Region {
        Region(
            row: region.row, column: region.column + Self.labelColumns, rows: region.rows,
            columns: Self.plotColumns(of: region.columns))
    }

    func draw(on grid: inout CellGrid) {
        guard region.rows > 0, region.columns > Self.labelColumns + 2 else { return }
        drawAxis(on: &grid)
        var canvas = DotCanvas(rows: plot.rows, columns: plot.columns, glyphs: glyphs)
        var ends: [(line: Int, x: Int, y: Int)] = []
        var gaps: [(x: Int, y: Int)] = []
        for (index, line) in lines.enumerated() {
            if !line.raw.isEmpty {
                var pen = line.pen
                pen.layer = 0
                _ = trace(line.raw, pen: canvas.add(pen), on: &canvas)
            }
            let traced = trace(line.points, pen: canvas.add(line.pen), on: &canvas)
            if let end = traced.end { ends.append((index, end.x, end.y)) }
            gaps += traced.gaps
        }
        drawReference(on: &grid)
        canvas.draw(on: &grid, row: plot.row, column: plot.column)
        drawCursor(on: &grid)
        drawMarks(ends: ends, gaps: gaps, canvas: canvas, on: &grid)
    }

    private func drawAxis(on grid: inout CellGrid) {
        let axis = plot.column - 1
        for row in plot.row..<plot.endRow {
            grid[row, axis] = Cell(glyphs.vertical, CellStyle(.dim))
        }
        var nextFree = Int.max
        let apart = plot.rows > 5 ? 2 : 1
        for tick in scale.ticks {
            guard let place = scale.position(of: tick) else { continue }
            let row = plot.row + Int(((1 - place) * Double(plot.rows - 1)).rounded())
            grid[row, axis] = Cell(glyphs.yTick, CellStyle(.dim))
            guard row <= nextFree else { continue }
            nextFree = row - apart
            let label = scale.label(tick)
            grid.write(label, row: row, column: axis - label.count, style: CellStyle(.dim))
        }
    }

    private func drawReference(on grid: inout CellGrid) {
        guard let base, let place = scale.position(of: base) else { return }
        let row = plot.row + Int(((1 - place) * Double(plot.rows - 1)).rounded())
        for column in stride(from: plot.column, to: plot.endColumn, by: 2) {
            grid[row, column] = Cell(glyphs.reference, CellStyle(.dim))
        }
    }

    private func drawCursor(on grid: inout CellGrid) {
        guard let cursor, xRange.contains(cursor) else { return }
        let column = plot.column + Int((share(cursor) * Double(plot.columns - 1)).rounded())
        for row in plot.row..<plot.endRow where isBackground(grid[row, column].scalar) {
            grid[row, column] = Cell(glyphs.hairline, CellStyle(.accent))
        }
    }

    private func isBackground(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == glyphs.reference
    }

    private func drawMarks(
        ends: [(line: Int, x: Int, y: Int)], gaps: [(x: Int, y: Int)], canvas: DotCanvas,
        on grid: inout CellGrid
    ) {
        for gap in gaps {
            let cell = canvas.cell(x: gap.x, y: gap.y)
            grid[plot.row + cell.row, plot.column + cell.column] = Cell(
                "!", CellStyle(.alert, bold: true))
        }
        var area = plot
        area.columns += Self.gutterColumns
        var placement = LetterPlacement(region: area)
        let byPriority = ends.sorted { lines[$0.line].pen.priority > lines[$1.line].pen.priority }
        for end in byPriority {
            let cell = canvas.cell(x: end.x, y: end.y)
            let (row, column) = (plot.row + cell.row, plot.column + cell.column + 1)
            guard let spot = placement.place(row: row, column: column, on: grid) else { continue }
            let pen = lines[end.line].pen
            grid[spot.row, spot.column] = Cell(pen.letter, CellStyle(pen.color, bold: true))
        }
    }

    private func share(_ x: Double) -> Double {
        (x - xRange.lowerBound) / max(xRange.upperBound - xRange.lowerBound, .leastNonzeroMagnitude)
    }

    private func dotRow(_ value: Double, of canvas: DotCanvas) -> Int? {
        scale.position(of: value).map { Int(((1 - $0) * Double(canvas.height - 1)).rounded()) }
    }

    /// The points within the x range, and where the curve crosses its ends.
    private func clipped(
        _ points: [(x: Double, y: Double)]
    ) -> [(x: Double, y: Double, isMeasured: Bool)] {
        guard let first = points.first else { return [] }
        var inside: [(x: Double, y: Double, isMeasured: Bool)] = []
        inside.reserveCapacity(points.count)
        for (from, to) in zip([first] + points, points) {
            let width = to.x - from.x
            for end in [xRange.lowerBound, xRange.upperBound] where from.x < end && end < to.x {
                inside.append((end, from.y + (to.y - from.y) * (end - from.x) / width, false))
            }
            if xRange.contains(to.x) { inside.append((to.x, to.y, true)) }
        }
        return inside
    }

    /// Draws one curve and reports its last dot and the places where it is not a number.
    private func trace(
        _ points: [(x: Double, y: Double)], pen: Int, on canvas: inout DotCanvas
    ) -> (end: (x: Int, y: Int)?, gaps: [(x: Int, y: Int)]) {
        var tracer = CurveTracer(pen: pen)
        let lastColumn = Double(canvas.width - 1)
        for (x, value, isMeasured) in clipped(points) {
            let column = Int((share(x) * lastColumn).rounded())
            if let row = dotRow(value, of: canvas) {
                tracer.add(x: column, y: row, isMeasured: isMeasured, on: &canvas)
            } else {
                tracer.breakLine(x: column, on: &canvas)
            }
        }
        tracer.flush(on: &canvas)
        return (tracer.end, tracer.gaps)
    }
}

/// Joins a row of dots to a curve, one dot column at a time, keeping each column's extremes.
private struct CurveTracer {
    let pen: Int
    private(set) var end: (x: Int, y: Int)?
    private(set) var gaps: [(x: Int, y: Int)] = []
    private var column = -1
    private var rows: (first: Int, last: Int, low: Int, high: Int) = (0, 0, 0, 0)
    private var previous: (x: Int, y: Int)?
    private var isEmpty = true
    private var isMarked = false

    init(pen: Int) { self.pen = pen }

    mutating func add(x: Int, y: Int, isMeasured: Bool, on canvas: inout DotCanvas) {
        if !isEmpty, x == column {
            isMarked = isMarked || isMeasured
            rows = (rows.first, y, min(rows.low, y), max(rows.high, y))
            return
        }
        flush(on: &canvas)
        (column, rows, isEmpty, isMarked) = (x, (y, y, y, y), false, isMeasured)
    }

    /// Draws the column that is being gathered.
    mutating func flush(on canvas: inout DotCanvas) {
        guard !isEmpty else { return }
        if let previous {
            canvas.line(from: previous, to: (column, rows.first), pen: pen)
        }
        for y in rows.low...rows.high { canvas.set(x: column, y: y, pen: pen, stroke: .span) }
        canvas.set(x: column, y: rows.last, pen: pen, stroke: isMarked ? .point : .line)
        previous = (column, rows.last)
        end = previous
        isEmpty = true
    }

    mutating func breakLine(x: Int, on canvas: inout DotCanvas) {
        flush(on: &canvas)
        gaps.append((x, end?.y ?? 0))
        previous = nil
    }
}
