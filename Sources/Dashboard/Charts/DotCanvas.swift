/// A raster of dots finer than cells, on which several pens draw lines.
///
/// A cell shows the dots of one pen only, so that every line keeps its colour and thickness: of a
/// line rather than of a thin one, of that rather than of a band, then of the higher priority, then of
/// the pen added last.
struct DotCanvas {
    /// How much a pen's dots stand out.
    enum Weight: Int, Comparable {
        /// The shading between two values, in every fourth dot.
        case band
        /// What lies beneath the lines: values before smoothing, the trajectories of an arm.
        case thin
        case normal
        /// As `normal`, in bold characters: what stands for several thin lines.
        case strong

        static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }

        var isFaint: Bool { self < .normal }
        /// Lines of the same layer are above each other by their priority.
        fileprivate var layer: Int { min(rawValue, Self.normal.rawValue) }
    }

    /// How one line looks.
    struct Pen {
        var color: CellColor
        var letter: Unicode.Scalar
        /// The selected arm's pen has the highest.
        var priority: Int
        var weight = Weight.normal
        /// True if measured points are few enough to be marked one by one.
        var hasMarkers = false
        /// True if the letter also stands on the line here and there, for where hues do not tell.
        var isLettered = false

        /// What lies beneath its line, without anything that marks it.
        func beneath(_ weight: Weight) -> Pen {
            Pen(color: color, letter: letter, priority: priority, weight: weight)
        }
    }

    /// What a dot is part of; a higher one decides the character where cells show one.
    enum Stroke: UInt8, Comparable {
        case span, line, point
        static func < (left: Stroke, right: Stroke) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Spot {
        var bits: UInt8 = 0
        var pen = -1
        var stroke = Stroke.span
    }

    let rows: Int
    let columns: Int
    private let glyphs: GlyphSet
    private let perColumn: Int
    private let perRow: Int
    private var spots: [Spot]
    private var pens: [Pen] = []

    init(rows: Int, columns: Int, glyphs: GlyphSet) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        self.glyphs = glyphs
        (perColumn, perRow) =
            switch glyphs.kind {
            case .braille: (2, 4)
            case .block: (1, 2)
            case .ascii: (1, 1)
            }
        spots = Array(repeating: Spot(), count: self.rows * self.columns)
    }

    /// Size in dots.
    var width: Int { columns * perColumn }
    var height: Int { rows * perRow }

    /// The cell that holds a dot.
    func cell(x: Int, y: Int) -> (row: Int, column: Int) { (y / perRow, x / perColumn) }

    mutating func add(_ pen: Pen) -> Int {
        pens.append(pen)
        return pens.count - 1
    }

    /// Sets one dot, counted from the top left; dots outside are ignored.
    mutating func set(x: Int, y: Int, pen: Int, stroke: Stroke) {
        guard x >= 0, y >= 0, x < width, y < height else { return }
        let index = (y / perRow) * columns + x / perColumn
        let bit = Self.bit(x: x % perColumn, y: y % perRow)
        if spots[index].pen == pen {
            spots[index].bits |= bit
            spots[index].stroke = max(spots[index].stroke, stroke)
        } else if spots[index].pen < 0 || isAbove(pen, spots[index].pen) {
            spots[index] = Spot(bits: bit, pen: pen, stroke: stroke)
        }
    }

    /// Sets the dots of a measured point: of a pen that marks its points a block that holds the dot,
    /// where dots are fine enough, within its cell.
    mutating func mark(x: Int, y: Int, pen: Int) {
        set(x: x, y: y, pen: pen, stroke: .point)
        guard pens[pen].hasMarkers, glyphs.kind == .braille else { return }
        let (left, top) = (x - x % perColumn, y - y % perRow + (y % perRow < 2 ? 0 : 1))
        for column in left..<left + perColumn {
            for row in top..<top + 3 { set(x: column, y: row, pen: pen, stroke: .point) }
        }
    }

    private func isAbove(_ pen: Int, _ other: Int) -> Bool {
        let (new, old) = (pens[pen], pens[other])
        return (new.weight.layer, new.priority, pen) > (old.weight.layer, old.priority, other)
    }

    /// Shades the dots of a column from one row to another, where dots are fine enough every fourth.
    mutating func shade(x: Int, rows: ClosedRange<Int>, pen: Int) {
        guard rows.lowerBound < height, rows.upperBound >= 0 else { return }
        for y in max(0, rows.lowerBound)...min(height - 1, rows.upperBound)
        where glyphs.kind != .braille || (x + 2 * y) % 4 == 0 {
            set(x: x, y: y, pen: pen, stroke: .span)
        }
    }

    /// Draws a straight line between two dots (Bresenham).
    mutating func line(
        from start: (x: Int, y: Int), to end: (x: Int, y: Int), pen: Int, stroke: Stroke = .line
    ) {
        let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
        let (sx, sy) = (start.x < end.x ? 1 : -1, start.y < end.y ? 1 : -1)
        var (x, y, error) = (start.x, start.y, dx + dy)
        while true {
            set(x: x, y: y, pen: pen, stroke: stroke)
            if x == end.x, y == end.y { break }
            let doubled = 2 * error
            if doubled >= dy {
                error += dy
                x += sx
            }
            if doubled <= dx {
                error += dx
                y += sy
            }
        }
    }

    /// Columns between the letters on a line, and between those of one pen and the next.
    private static let (letterSpacing, letterShift) = (24, 5)

    /// Puts every cell with a dot on the grid, the canvas's top left at (`row`, `column`).
    func draw(on grid: inout CellGrid, row: Int, column: Int) {
        drawDots(on: &grid, row: row, column: column)
        for (index, pen) in pens.enumerated() where pen.isLettered {
            let start = (Self.letterSpacing / 2 + index * Self.letterShift) % Self.letterSpacing
            for place in stride(from: start, to: columns, by: Self.letterSpacing) {
                let isOwn = { (line: Int) in spots[line * columns + place].pen == index }
                guard let line = (0..<rows).first(where: isOwn) else { continue }
                grid[row + line, column + place] = Cell(
                    pen.letter, CellStyle(pen.color, bold: true))
            }
        }
    }

    private func drawDots(on grid: inout CellGrid, row: Int, column: Int) {
        for index in spots.indices where spots[index].pen >= 0 {
            let pen = pens[spots[index].pen]
            let style = CellStyle(
                pen.color, bold: pen.weight == .strong, faint: pen.weight.isFaint)
            grid[row + index / columns, column + index % columns] = Cell(
                scalar(of: spots[index], pen: pen), style)
        }
    }

    private func scalar(of spot: Spot, pen: Pen) -> Unicode.Scalar {
        let isMarked = pen.hasMarkers && spot.stroke == .point
        switch glyphs.kind {
        case .braille: return Unicode.Scalar(0x2800 + UInt32(spot.bits)) ?? " "
        case .block:
            if pen.weight == .band { return "\u{2591}" }
            if isMarked || spot.bits == 3 { return "\u{2588}" }
            return spot.bits == 1 ? "\u{2580}" : "\u{2584}"
        case .ascii:
            if pen.weight.isFaint { return pen.weight == .band ? "'" : "." }
            return spot.stroke == .span ? "|" : pen.hasMarkers && !isMarked ? "." : pen.letter
        }
    }

    /// The bit of a dot within its cell; with four rows, its place in a braille pattern.
    private static func bit(x: Int, y: Int) -> UInt8 {
        y == 3 ? (x == 0 ? 0x40 : 0x80) : UInt8(1 << (y + 3 * x))
    }
}
