extension CellGrid {
    /// Writes `text` from a cell on, cut with an ellipsis at `limit` columns; returns the column
    /// after the last one written.
    @discardableResult
    mutating func write(
        _ text: String, row: Int, column: Int, limit: Int = .max, style: CellStyle = .standard
    ) -> Int {
        var at = column
        let scalars = DisplayText.narrow(text)
        for (index, scalar) in scalars.enumerated() where index < limit {
            let isCut = index == limit - 1 && scalars.count > limit && limit > 1
            self[row, at] = Cell(isCut ? "\u{2026}" : scalar, style)
            at += 1
        }
        return at
    }

    /// Writes a styled line, cut at `limit` columns.
    @discardableResult
    mutating func write(_ text: StyledText, row: Int, column: Int, limit: Int = .max) -> Int {
        var at = column
        for run in text.runs {
            let left = limit == .max ? Int.max : column + limit - at
            guard left > 0 else { break }
            at = write(run.text, row: row, column: at, limit: left, style: run.style)
        }
        return at
    }

    /// Writes dim text into the middle of a rectangle.
    mutating func note(_ text: String, in region: Region) {
        let place = region.centred(rows: 1, columns: text.count)
        write(
            text, row: place.row, column: place.column, limit: place.columns,
            style: CellStyle(.dim))
    }

    /// Blanks a rectangle.
    mutating func clear(_ region: Region) {
        for row in region.row..<max(region.row, region.endRow) {
            for column in region.column..<max(region.column, region.endColumn) {
                self[row, column] = .blank
            }
        }
    }

    /// Draws a box along the edge of `region` with `title` in its top edge.
    mutating func frame(
        _ region: Region, title: StyledText, glyphs: GlyphSet, isBottomOpen: Bool = false
    ) {
        guard region.rows >= 2, region.columns >= 4 else { return }
        let dim = CellStyle(.dim)
        let last = (row: region.endRow - 1, column: region.endColumn - 1)
        for column in region.column...last.column {
            self[region.row, column] = Cell(glyphs.horizontal, dim)
            if !isBottomOpen { self[last.row, column] = Cell(glyphs.horizontal, dim) }
        }
        for row in region.row...last.row {
            self[row, region.column] = Cell(glyphs.vertical, dim)
            self[row, last.column] = Cell(glyphs.vertical, dim)
        }
        self[region.row, region.column] = Cell(glyphs.topLeft, dim)
        self[region.row, last.column] = Cell(glyphs.topRight, dim)
        if !isBottomOpen {
            self[last.row, region.column] = Cell(glyphs.bottomLeft, dim)
            self[last.row, last.column] = Cell(glyphs.bottomRight, dim)
        }
        writeTitle(title, in: region)
    }

    /// Draws a horizontal rule with a title at the top row of `region`; with `joins` the rule
    /// meets the sides of a box.
    mutating func rule(_ region: Region, title: StyledText, glyphs: GlyphSet, joins: Bool) {
        for column in region.column..<max(region.column, region.endColumn) {
            self[region.row, column] = Cell(glyphs.horizontal, CellStyle(.dim))
        }
        if joins {
            self[region.row, region.column] = Cell(glyphs.leftJunction, CellStyle(.dim))
            self[region.row, region.endColumn - 1] = Cell(glyphs.rightJunction, CellStyle(.dim))
        }
        writeTitle(title, in: region)
    }

    private mutating func writeTitle(_ title: StyledText, in region: Region) {
        guard !title.runs.isEmpty, region.columns > 6 else { return }
        var text = StyledText(" ")
        text.append(title)
        text.append(" ")
        write(text, row: region.row, column: region.column + 2, limit: region.columns - 4)
    }

    /// Replaces everything outside ASCII, for terminals that have nothing else.
    mutating func restrictToASCII() {
        for row in 0..<rows {
            for column in 0..<columns where !self[row, column].scalar.isASCII {
                let isEllipsis = self[row, column].scalar == "\u{2026}"
                self[row, column].scalar = isEllipsis ? "~" : "?"
            }
        }
    }
}
