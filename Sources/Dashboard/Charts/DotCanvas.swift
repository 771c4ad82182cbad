/// A raster of dots finer than cells, on which several pens draw lines.
///
/// Where two pens of one layer meet in a cell their dots are joined and the cell takes the
/// colour of the pen with the higher priority, in bold; a higher layer replaces a lower one.
struct DotCanvas {
    /// How one line looks.
    struct Pen {
        var color: CellColor
        var letter: Unicode.Scalar
        /// The selected arm's pen has the highest.
        var priority: Int
        /// Raw values under a smoothed line are on layer 0, lines on layer 1.
        var layer = 1
        /// True if measured points are few enough to be marked one by one.
        var hasMarkers = false
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
        var isShared = false
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
        var spot = spots[index]
        if spot.pen < 0 || pens[spot.pen].layer < pens[pen].layer {
            spot = Spot(bits: bit, pen: pen, stroke: stroke)
        } else if pens[spot.pen].layer == pens[pen].layer {
            spot.bits |= bit
            if spot.pen == pen {
                spot.stroke = max(spot.stroke, stroke)
            } else {
                spot.isShared = true
                if pens[pen].priority > pens[spot.pen].priority {
                    spot.pen = pen
                    spot.stroke = stroke
                }
            }
        }
        spots[index] = spot
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

    /// Puts every cell with a dot on the grid, the canvas's top left at (`row`, `column`).
    func draw(on grid: inout CellGrid, row: Int, column: Int) {
        for index in spots.indices where spots[index].pen >= 0 {
            let spot = spots[index]
            let pen = pens[spot.pen]
            let style = CellStyle(pen.layer == 0 ? .dim : pen.color, bold: spot.isShared)
            grid[row + index / columns, column + index % columns] = Cell(
                scalar(of: spot, pen: pen), style)
        }
    }

    private func scalar(of spot: Spot, pen: Pen) -> Unicode.Scalar {
        let isMarked = pen.hasMarkers && spot.stroke == .point
        switch glyphs.kind {
        case .braille:
            return isMarked ? glyphs.marker : Unicode.Scalar(0x2800 + UInt32(spot.bits)) ?? " "
        case .block:
            if isMarked { return glyphs.marker }
            return spot.bits == 3 ? "\u{2588}" : spot.bits == 1 ? "\u{2580}" : "\u{2584}"
        case .ascii:
            if pen.layer == 0 { return "." }
            return spot.stroke == .span ? "|" : pen.hasMarkers && !isMarked ? "." : pen.letter
        }
    }

    /// The bit of a dot within its cell; with four rows, its place in a braille pattern.
    private static func bit(x: Int, y: Int) -> UInt8 {
        y == 3 ? (x == 0 ? 0x40 : 0x80) : UInt8(1 << (y + 3 * x))
    }
}
