internal import RunEvents

/// The x axis that stacked charts share: a line with ticks and a row of labels.
struct AxisRuler {
    let axis: XAxis
    let range: ClosedRange<Double>
    /// The cursor's place, which is named in bold; nil while there is none.
    var cursor: Double?
    let glyphs: GlyphSet

    /// Draws into two rows (line, labels) or one (labels) of a region as wide as the charts.
    func draw(in region: Region, on grid: inout CellGrid) {
        guard region.rows > 0 else { return }
        if region.rows > 1 { drawLine(in: region, on: &grid) }
        let row = region.endRow - 1
        let name = DisplayText.rightAligned(axis.rawValue, width: LineChart.labelColumns - 2)
        var free = grid.write(name, row: row, column: region.column, style: CellStyle(.dim)) + 1
        let cursor = cursor.flatMap { range.contains($0) ? label($0, in: region) : nil }
        for tick in ticks(columns: LineChart.plotColumns(of: region.columns)) {
            let (text, at) = label(tick, in: region)
            guard at >= free else { continue }
            if let cursor, at <= cursor.at + cursor.text.count, cursor.at <= at + text.count {
                continue
            }
            let column = self.column(of: tick, in: region)
            if region.rows > 1 { grid[region.row, column] = Cell(glyphs.xTick, CellStyle(.dim)) }
            free = grid.write(text, row: row, column: at, style: CellStyle(.dim)) + 2
        }
        let style = CellStyle(.standard, bold: true)
        if let cursor { grid.write(cursor.text, row: row, column: cursor.at, style: style) }
    }

    private func drawLine(in region: Region, on grid: inout CellGrid) {
        let start = region.column + LineChart.labelColumns
        grid[region.row, start - 1] = Cell(glyphs.origin, CellStyle(.dim))
        for column in start..<start + LineChart.plotColumns(of: region.columns) {
            grid[region.row, column] = Cell(glyphs.horizontal, CellStyle(.dim))
        }
    }

    private func column(of x: Double, in region: Region) -> Int {
        let share = (x - range.lowerBound) / (range.upperBound - range.lowerBound)
        let last = Double(LineChart.plotColumns(of: region.columns) - 1)
        return region.column + LineChart.labelColumns + Int(saturating: (share * last).rounded())
    }

    private func label(_ x: Double, in region: Region) -> (text: String, at: Int) {
        let text = axis.text(x)
        let at = column(of: x, in: region) - (text.count - 1) / 2
        return (text, min(at, region.endColumn - text.count))
    }

    private func ticks(columns: Int) -> [Double] {
        let width = range.upperBound - range.lowerBound
        let wanted = max(1, columns / 14)
        let step =
            axis == .seconds
            ? Self.roundSeconds(width / Double(wanted))
            : ValueScale.roundStep(max(width / Double(wanted), axis == .step ? 1 : 0))
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        guard last >= first, last - first < 1000 else { return [] }
        return (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    private static func roundSeconds(_ step: Double) -> Double {
        [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800, 86400]
            .first { $0 >= step } ?? ValueScale.roundStep(step)
    }
}
