import RunEvents

/// Draws tracks on two axes of values, the horizontal one in the direction of learning.
struct PlaneChart {
    /// What its axes are called, and which way and over which values the horizontal one goes.
    struct Names {
        var learned = "loss"
        var forgotten = "forget"
        var values = MetricDefinition.Values.positive
        var isRising = false
    }

    /// Letters of arms that end in one cell; more are counted.
    private static let mostLetters = 3

    private let tracks: [PlaneTrack]
    private let names: Names
    private let glyphs: GlyphSet
    private let plot: Region
    private let labels: Region
    private let x, y: ValueScale

    /// A plane fitted to the tracks, halved so often around the end of the track of the highest
    /// priority; nil if there is no room for it.
    init?(
        tracks: [PlaneTrack], names: Names = Names(), axis: YAxis, halvings: Int, area: Region,
        glyphs: GlyphSet
    ) {
        var plot = area
        labels = plot.takeBottom(2)
        _ = plot.takeLeft(LineChart.labelColumns)
        _ = plot.takeRight(1)
        guard plot.rows > 2, plot.columns > 8 else { return nil }
        let centre = tracks.filter(\.hasLetter).max { $0.pen.priority < $1.pen.priority }?
            .spots.last
        let share = 1 / Double(1 << halvings)
        x = Self.scale(
            tracks.flatMap { $0.spots.map(\.learned) }, axis, names.values,
            ticks: (plot.columns / 10, (plot.columns + 3) / 6), rows: nil, part: share,
            around: centre?.learned)
        y = Self.scale(
            tracks.flatMap { $0.spots.map(\.forgotten) }, axis, .signed, ticks: (5, plot.rows / 2),
            rows: plot.rows, part: share, around: centre?.forgotten)
        (self.tracks, self.names, self.glyphs, self.plot) = (tracks, names, glyphs, plot)
    }

    /// An axis that holds `values`, or the given part of it around one of them.
    private static func scale(
        _ values: [Double], _ axis: YAxis, _ kind: MetricDefinition.Values,
        ticks: (linear: Int, logarithmic: Int), rows: Int?,
        part: Double, around centre: Double?
    ) -> ValueScale {
        var extremes = Extremes()
        for value in values { extremes.take(value) }
        let spread = axis.spread(of: extremes, values: kind)
        let count = min(max(2, spread == .linear ? ticks.linear : ticks.logarithmic), 9)
        func scale(_ range: ClosedRange<Double>?) -> ValueScale {
            ValueScale(holding: range, spread: spread, tickCount: count, rows: rows)
        }
        let whole = scale(extremes.range(for: spread))
        guard part < 1, let middle = centre.flatMap(whole.position) else { return whole }
        let low = min(max(middle - part / 2, 0), 1 - part)
        return scale(whole.value(at: low)...whole.value(at: low + part))
    }

    func draw(on grid: inout CellGrid) {
        drawVerticalAxis(on: &grid)
        drawHorizontalAxis(on: &grid)
        var canvas = DotCanvas(rows: plot.rows, columns: plot.columns, glyphs: glyphs)
        var ends: [(pen: DotCanvas.Pen, row: Int, column: Int)] = []
        for track in tracks {
            guard let end = trace(track, on: &canvas), track.hasLetter else { continue }
            let cell = canvas.cell(x: end.x, y: end.y)
            ends.append((track.pen, plot.row + cell.row, plot.column + cell.column))
        }
        canvas.draw(on: &grid, row: plot.row, column: plot.column)
        drawLetters(at: ends, on: &grid)
    }

    /// Draws a track and returns its last dot if that is on the plot.
    private func trace(_ track: PlaneTrack, on canvas: inout DotCanvas) -> (x: Int, y: Int)? {
        var pen = track.pen
        pen.hasMarkers = !pen.weight.isFaint && track.spots.count * 2 <= plot.columns
        shade(track, on: &canvas)
        let index = canvas.add(pen)
        let dots = track.spots.compactMap { dot(of: $0, on: canvas) }
        for (from, to) in zip(dots, dots.dropFirst()) where Self.mayCross(from, to, canvas) {
            canvas.line(from: from, to: to, pen: index)
        }
        for dot in dots { canvas.mark(x: dot.x, y: dot.y, pen: index) }
        guard let end = dots.last, (0..<canvas.width).contains(end.x),
            (0..<canvas.height).contains(end.y)
        else { return nil }
        return end
    }

    /// The place of a value of learning from 0, at the left, to 1.
    private func across(_ learned: Double) -> Double? {
        x.place(of: learned).map { names.isRising ? $0 : 1 - $0 }
    }

    private func shade(_ track: PlaneTrack, on canvas: inout DotCanvas) {
        guard !track.band.isEmpty else { return }
        let places = track.band.compactMap { spread -> (x: Double, low: Double, high: Double)? in
            guard let across = across(spread.learned), let low = y.place(of: spread.low),
                let high = y.place(of: spread.high)
            else { return nil }
            return (across * Double(canvas.width - 1), low, high)
        }
        BandTracer(pen: canvas.add(track.pen.beneath(.band))).shade(places, on: &canvas)
    }

    private func dot(of spot: PlaneTrack.Spot, on canvas: DotCanvas) -> (x: Int, y: Int)? {
        guard let across = across(spot.learned), let up = y.place(of: spot.forgotten),
            abs(across) < 1000, abs(up) < 1000
        else { return nil }
        return (
            Int(saturating: (across * Double(canvas.width - 1)).rounded()),
            Int(saturating: ((1 - up) * Double(canvas.height - 1)).rounded())
        )
    }

    /// False if both dots lie beyond the same edge.
    private static func mayCross(
        _ from: (x: Int, y: Int), _ to: (x: Int, y: Int), _ canvas: DotCanvas
    ) -> Bool {
        max(from.x, to.x) >= 0 && min(from.x, to.x) < canvas.width && max(from.y, to.y) >= 0
            && min(from.y, to.y) < canvas.height
    }
}

// MARK: - Axes and letters

extension PlaneChart {
    private func row(of place: Double) -> Int {
        plot.row + Int(saturating: ((1 - place) * Double(plot.rows - 1)).rounded())
    }

    private func drawVerticalAxis(on grid: inout CellGrid) {
        AxisColumn(scale: y, plot: plot, glyphs: glyphs).draw(on: &grid)
        let dim = CellStyle(.dim)
        let zero = y.range.contains(0) ? y.position(of: 0) : nil
        if let zero {
            for column in stride(from: plot.column, to: plot.endColumn, by: 2) {
                grid[row(of: zero), column] = Cell(glyphs.reference, dim)
            }
        }
        let isZeroLow = zero.map { $0 < 0.5 } ?? true
        grid.write(
            y.spread == .linear ? names.forgotten : names.forgotten + ", " + y.spread.name,
            row: isZeroLow ? plot.row : plot.endRow - 1, column: plot.column + 1,
            limit: plot.columns - 1, style: dim)
    }

    private func drawHorizontalAxis(on grid: inout CellGrid) {
        let dim = CellStyle(.dim)
        grid[labels.row, plot.column - 1] = Cell(glyphs.origin, dim)
        for column in plot.column..<plot.endColumn {
            grid[labels.row, column] = Cell(glyphs.horizontal, dim)
        }
        let name = DisplayText.rightAligned(
            (x.spread == .linear ? "" : "log ") + names.learned, width: LineChart.labelColumns)
        var free = grid.write(name, row: labels.row + 1, column: labels.column, style: dim) + 1
        for tick in names.isRising ? x.ticks : x.ticks.reversed() {
            guard let across = across(tick) else { continue }
            let place = min(max(across, 0), 1)
            let column =
                plot.column + Int(saturating: (place * Double(plot.columns - 1)).rounded())
            let label = x.label(tick)
            let at = min(column - label.count / 2, plot.endColumn + 1 - label.count)
            guard at >= free else { continue }
            grid[labels.row, column] = Cell(glyphs.xTick, dim)
            free = grid.write(label, row: labels.row + 1, column: at, style: dim) + 2
        }
    }

    /// The letters beside the ends of their tracks; those of one cell together, the highest priority
    /// first, and if they are many as a count.
    private func drawLetters(
        at ends: [(pen: DotCanvas.Pen, row: Int, column: Int)], on grid: inout CellGrid
    ) {
        let groups = Dictionary(grouping: ends) { [$0.row, $0.column] }.sorted {
            $0.key.lexicographicallyPrecedes($1.key)
        }
        let texts = groups.map { group in
            Self.text(of: group.value.map(\.pen).sorted { $0.priority > $1.priority })
        }
        let cells = zip(groups, texts).map { group, text in
            LetterPlacement.End(row: group.key[0], column: group.key[1], width: text.width)
        }
        for (text, place) in zip(texts, LetterPlacement(region: plot).places(for: cells)) {
            guard let place else { continue }
            grid.write(text, row: place.row, column: place.column)
        }
    }

    private static func text(of pens: [DotCanvas.Pen]) -> StyledText {
        let shown = pens.count <= mostLetters + 1 ? pens.count : mostLetters
        var text = StyledText()
        for pen in pens.prefix(shown) {
            text.append(String(pen.letter), CellStyle(pen.color, bold: true))
        }
        if pens.count > shown { text.append("+\(pens.count - shown)", CellStyle(.dim)) }
        return text
    }
}
