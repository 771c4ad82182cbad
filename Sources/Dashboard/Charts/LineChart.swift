import RunEvents

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
    /// Values that a logarithmic axis has no place for; they are marked at its foot.
    let belowCount: Int
    /// The base models' values and budgets, drawn as references where they are within the axis's range.
    let bases: [ReferenceLine]
    /// The cursor's place on the x axis.
    let cursor: Double?
    let glyphs: GlyphSet

    /// A chart whose y axis is fitted to what the lines show within `xRange`.
    init(
        region: Region, xRange: ClosedRange<Double>, lines: [ChartLine],
        bases: [ReferenceLine] = [],
        cursor: Double? = nil, axis: YAxis = .linear, values: MetricDefinition.Values = .signed,
        glyphs: GlyphSet
    ) {
        self.region = region
        self.xRange = xRange
        self.lines = lines
        self.bases = bases
        self.cursor = cursor
        self.glyphs = glyphs
        var extremes = Self.extremes(of: lines, bases, in: xRange, isRatio: false)
        let spread = axis.spread(of: extremes, values: values)
        if spread == .logarithmic {
            extremes = Self.extremes(of: lines, bases, in: xRange, isRatio: true)
        }
        let ticks = spread == .linear ? max(1, min(6, region.rows / 2)) : region.rows / 2
        scale = ValueScale(
            holding: extremes.range(for: spread), spread: spread, tickCount: min(ticks, 9),
            rows: region.rows)
        belowCount =
            spread == .logarithmic && extremes.lowest <= 0
            ? lines.reduce(0) { $0 + $1.count(notAboveZeroIn: xRange) } : 0
    }

    private static func extremes(
        of lines: [ChartLine], _ bases: [ReferenceLine], in range: ClosedRange<Double>,
        isRatio: Bool
    ) -> Extremes {
        var extremes = Extremes()
        for line in lines { line.count(into: &extremes, in: range, isRatio: isRatio) }
        for base in bases where base.isBudget { extremes.takeBudget(base.value) }
        return extremes
    }

    /// The plot's columns in a region of this width.
    static func plotColumns(of width: Int) -> Int { max(1, width - labelColumns - gutterColumns) }

    var plot: Region {
        Region(
            row: region.row, column: region.column + Self.labelColumns, rows: region.rows,
            columns: Self.plotColumns(of: region.columns))
    }

    func draw(on grid: inout CellGrid) {
        guard region.rows > 0, region.columns > Self.labelColumns + 2 else { return }
        AxisColumn(scale: scale, plot: plot, glyphs: glyphs).draw(on: &grid)
        var canvas = DotCanvas(rows: plot.rows, columns: plot.columns, glyphs: glyphs)
        var marks = Marks()
        for line in lines { trace(line, on: &canvas, marks: &marks) }
        for base in bases { drawReference(base, on: &grid) }
        canvas.draw(on: &grid, row: plot.row, column: plot.column)
        for base in bases where base.isBudget { drawLabel(of: base, on: &grid) }
        drawCursor(on: &grid)
        draw(marks, canvas: canvas, on: &grid)
    }

    /// The column of a place on the x axis, at the plot's end for what is beyond it.
    func column(ofX x: Double) -> Int {
        plot.column
            + Int(saturating: (min(max(share(x), 0), 1) * Double(plot.columns - 1)).rounded())
    }

    /// The cell of a point; nil for what the chart does not show.
    func cell(x: Double, y: Double) -> (row: Int, column: Int)? {
        guard xRange.contains(x), let place = scale.position(of: y), (0...1).contains(place) else {
            return nil
        }
        return (row(of: place), column(ofX: x))
    }

    private func row(of place: Double) -> Int {
        plot.row + Int(saturating: ((1 - place) * Double(plot.rows - 1)).rounded())
    }

    /// The row of a reference line; nil if it is beyond the axis.
    private func row(of base: ReferenceLine) -> Int? {
        scale.range.contains(base.value) ? scale.position(of: base.value).map(row(of:)) : nil
    }

    private func drawReference(_ base: ReferenceLine, on grid: inout CellGrid) {
        guard let row = row(of: base) else { return }
        for column in stride(from: plot.column, to: plot.endColumn, by: 2) {
            grid[row, column] = Cell(glyphs.reference, base.style)
        }
        if !base.isBudget { drawLabel(of: base, on: &grid) }
    }

    private func drawLabel(of base: ReferenceLine, on grid: inout CellGrid) {
        guard let row = row(of: base) else { return }
        let end = max(plot.column, plot.endColumn - base.label.count)
        grid.write(
            base.label, row: row, column: base.isBudget ? plot.column + 1 : end,
            limit: plot.columns - 1, style: base.style)
    }

    private func drawCursor(on grid: inout CellGrid) {
        guard let cursor, xRange.contains(cursor) else { return }
        let column = column(ofX: cursor)
        for row in plot.row..<plot.endRow where isBackground(grid[row, column].scalar) {
            grid[row, column] = Cell(glyphs.hairline)
        }
    }

    private func isBackground(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == glyphs.reference
    }

    private func share(_ x: Double) -> Double {
        (x - xRange.lowerBound) / max(xRange.upperBound - xRange.lowerBound, .leastNonzeroMagnitude)
    }
}

// MARK: - Curves

extension LineChart {
    /// What is to be marked on top of the curves, in dots.
    private struct Marks {
        var ends: [(pen: DotCanvas.Pen, x: Int, y: Int, value: Double)] = []
        var gaps: [(x: Int, y: Int)] = []
        var below: [(pen: DotCanvas.Pen, x: Int)] = []
    }

    /// Draws a line with what lies beneath it; its letter belongs at the end of the longer one.
    private func trace(_ line: ChartLine, on canvas: inout DotCanvas, marks: inout Marks) {
        var unmarked = Marks()
        shade(line, on: &canvas)
        let raw = trace(line.raw, line.pen.beneath(.thin), on: &canvas, marks: &unmarked)
        let end = trace(line.points, line.pen, on: &canvas, marks: &marks)
        guard line.hasLetter, let last = [end, raw].compactMap({ $0 }).max(by: { $0.x < $1.x })
        else { return }
        marks.ends.append((line.pen, last.x, last.y, last.value))
    }

    /// Draws points as a curve, clipped to the x range; notes what is to be marked on it and returns
    /// its last dot.
    private func trace(
        _ points: [(x: Double, y: Double)], _ pen: DotCanvas.Pen, on canvas: inout DotCanvas,
        marks: inout Marks
    ) -> (x: Int, y: Int, value: Double)? {
        guard !points.isEmpty else { return nil }
        var tracer = CurveTracer(pen: canvas.add(pen), scale: scale)
        var before: (x: Double, y: Double)?
        for point in points {
            if let before { crossEnds(before, point, &tracer, &canvas) }
            before = point
            guard xRange.contains(point.x) else { continue }
            let x = column(of: point.x, canvas)
            if scale.holds(point.y) {
                tracer.add(x: x, value: scale.held(point.y), isMeasured: true, on: &canvas)
            } else {
                if point.y.isFinite { marks.below.append((pen, x)) }
                tracer.breakLine(x: x, isGap: !point.y.isFinite, on: &canvas)
            }
        }
        tracer.flush(on: &canvas)
        marks.gaps += tracer.gaps
        return tracer.end
    }

    /// Shades a line's band, whose edges are straight between two points.
    private func shade(_ line: ChartLine, on canvas: inout DotCanvas) {
        guard !line.band.isEmpty else { return }
        let dots = line.band.compactMap { point in
            scale.place(of: point.low).flatMap { low in
                scale.place(of: point.high).map { (x: share(point.x), low: low, high: $0) }
            }
        }
        let width = Double(canvas.width - 1)
        BandTracer(pen: canvas.add(line.pen.beneath(.band))).shade(
            dots.map { (x: $0.x * width, low: $0.low, high: $0.high) }, on: &canvas)
    }

    /// Takes the curve, which is straight between two points, to where it crosses the ends of the x
    /// range.
    private func crossEnds(
        _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ tracer: inout CurveTracer,
        _ canvas: inout DotCanvas
    ) {
        for end in [xRange.lowerBound, xRange.upperBound] where from.x < end && end < to.x {
            guard let start = scale.place(of: from.y), let stop = scale.place(of: to.y) else {
                return
            }
            let place = start + (stop - start) * (end - from.x) / (to.x - from.x)
            let value = scale.value(at: place)
            guard scale.holds(value) else { return }
            tracer.add(x: column(of: end, canvas), value: value, isMeasured: false, on: &canvas)
        }
    }

    private func column(of x: Double, _ canvas: DotCanvas) -> Int {
        Int(saturating: (share(x) * Double(canvas.width - 1)).rounded())
    }

    /// Draws the marks: `!` for what is no number, an arrow at the foot for what a logarithmic axis
    /// has no place for, and the letters.
    private func draw(_ marks: Marks, canvas: DotCanvas, on grid: inout CellGrid) {
        for gap in marks.gaps {
            let cell = canvas.cell(x: gap.x, y: gap.y)
            grid[plot.row + cell.row, plot.column + cell.column] = Cell(
                "!", CellStyle(.alert, bold: true))
        }
        for mark in marks.below {
            let column = plot.column + canvas.cell(x: mark.x, y: 0).column
            grid[plot.endRow - 1, column] = Cell(
                glyphs.below, CellStyle(mark.pen.color, bold: true))
        }
        drawLetters(marks, canvas: canvas, on: &grid)
    }

    /// Draws the letters beside the ends of their lines.
    private func drawLetters(_ marks: Marks, canvas: DotCanvas, on grid: inout CellGrid) {
        var area = plot
        area.columns += Self.gutterColumns
        let ends = marks.ends.sorted { $0.value > $1.value }
        let cells = ends.map { end in
            let cell = canvas.cell(x: end.x, y: end.y)
            return LetterPlacement.End(row: plot.row + cell.row, column: plot.column + cell.column)
        }
        for (end, place) in zip(ends, LetterPlacement(region: area).places(for: cells)) {
            guard let place else { continue }
            grid[place.row, place.column] = Cell(
                end.pen.letter, CellStyle(end.pen.color, bold: true))
        }
    }
}
