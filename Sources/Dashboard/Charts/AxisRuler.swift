internal import RunEvents

/// The x axis that stacked charts share: a line with ticks and a row of labels.
struct AxisRuler {
    let axis: XAxis
    let range: ClosedRange<Double>
    let glyphs: GlyphSet

    /// Draws into two rows (line, labels) or one (labels) of a region as wide as the charts.
    func draw(in region: Region, on grid: inout CellGrid) {
        guard region.rows > 0 else { return }
        let start = region.column + LineChart.labelColumns
        let columns = LineChart.plotColumns(of: region.columns)
        let labels = region.endRow - 1
        if region.rows > 1 {
            grid[region.row, start - 1] = Cell(glyphs.origin, CellStyle(.dim))
            for column in start..<start + columns {
                grid[region.row, column] = Cell(glyphs.horizontal, CellStyle(.dim))
            }
        }
        let name = DisplayText.rightAligned(axis.rawValue, width: LineChart.labelColumns - 2)
        var free = grid.write(name, row: labels, column: region.column, style: CellStyle(.dim)) + 1
        for tick in ticks(columns: columns) {
            let share = (tick - range.lowerBound) / (range.upperBound - range.lowerBound)
            let column = start + Int(saturating: (share * Double(columns - 1)).rounded())
            let text = axis.text(tick)
            let at = min(column - (text.count - 1) / 2, region.endColumn - text.count)
            guard at >= free else { continue }
            if region.rows > 1 { grid[region.row, column] = Cell(glyphs.xTick, CellStyle(.dim)) }
            free = grid.write(text, row: labels, column: at, style: CellStyle(.dim)) + 2
        }
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
