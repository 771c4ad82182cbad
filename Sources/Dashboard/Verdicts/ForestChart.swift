import RunEvents
import Verdicts

/// The gaps in forgetting at equal learning: of a pair the interval as a bar with its mean, and below
/// it a tick for each seed.
///
/// Left of zero the first arm forgets less.
struct ForestChart {
    let pairs: [PairVerdict]
    /// Gaps up to this one count as none.
    let tolerance: Double
    let glyphs: GlyphSet

    /// Columns of the names at most, and of the plot at least.
    private static let (nameColumns, plotColumns) = (30, 12)

    /// Rows of a pair: with its ticks, if there is room for those of all pairs.
    private func pairRows(in rows: Int) -> Int { pairs.count * 2 < rows ? 2 : 1 }

    /// How many pairs fit.
    func count(in rows: Int) -> Int { min(pairs.count, max(0, rows - 1) / pairRows(in: rows)) }

    /// Draws as many pairs as fit, and an axis with its ends and zero in the last row.
    func draw(in region: Region, on grid: inout CellGrid) {
        var rest = region
        let axis = rest.takeBottom(1)
        let names = min(
            Self.nameColumns, max(8, region.columns - Self.plotColumns),
            (pairs.map { DisplayText.width(Self.name(of: $0)) }.max() ?? 0) + 1)
        let plot = Region(
            row: rest.row, column: rest.column + names, rows: rest.rows,
            columns: rest.columns - names)
        guard plot.columns >= Self.plotColumns, plot.rows > 0 else { return }
        let scale = Scale(range: range, plot: plot)
        let rows = pairRows(in: region.rows)
        drawZero(scale, on: &grid)
        for (index, pair) in pairs.prefix(count(in: region.rows)).enumerated() {
            let row = rest.row + index * rows
            let name = DisplayText.fitted(
                Self.name(of: pair), width: names - 1, ellipsis: glyphs.ellipsis)
            grid.write(name, row: row, column: rest.column)
            draw(pair, row: row, ticks: rows > 1 ? row + 1 : nil, scale, on: &grid)
        }
        drawAxis(scale, row: axis.row, on: &grid)
    }

    private static func name(of pair: PairVerdict) -> String {
        "\(pair.first.arm) - \(pair.second.arm)"
    }

    // MARK: - Scale

    private struct Scale {
        let range: ClosedRange<Double>
        let plot: Region

        func column(of value: Double) -> Int {
            let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            return plot.column
                + Int(saturating: (min(max(share, 0), 1) * Double(plot.columns - 1)).rounded())
        }
    }

    /// Covers zero, the band of a tie, every interval and every seed.
    private var range: ClosedRange<Double> {
        var values = [-2 * tolerance, 2 * tolerance]
        for gap in pairs.compactMap(\.gap) {
            values += [gap.mean, gap.interval?.lower, gap.interval?.upper].compactMap { $0 }
            values += gap.gaps
        }
        let finite = values.filter(\.isFinite)
        let (low, high) = (finite.min() ?? -1, finite.max() ?? 1)
        return low < high ? low...high : -1...1
    }

    // MARK: - Rows

    private func draw(
        _ pair: PairVerdict, row: Int, ticks: Int?, _ scale: Scale, on grid: inout CellGrid
    ) {
        guard let gap = pair.gap, gap.mean.isFinite else {
            grid.write(
                pair.word.text, row: row, column: scale.plot.column + 1,
                limit: scale.plot.columns - 1, style: CellStyle(.dim))
            return
        }
        let style = CellStyle(pair.word.color, bold: pair.word.color != .standard)
        if let interval = gap.interval {
            for column in scale.column(of: interval.lower)...scale.column(of: interval.upper) {
                grid[row, column] = Cell(glyphs.interval, style)
            }
        }
        for seed in gap.gaps where seed.isFinite && ticks != nil {
            grid[ticks ?? row, scale.column(of: seed)] = Cell(glyphs.seedTick, CellStyle(.dim))
        }
        grid[row, scale.column(of: gap.mean)] = Cell(glyphs.mean, style)
    }

    /// Zero as a line, and the band in which gaps count as none.
    private func drawZero(_ scale: Scale, on grid: inout CellGrid) {
        let band = scale.column(of: -tolerance)...scale.column(of: tolerance)
        for row in scale.plot.row..<scale.plot.endRow {
            for column in band { grid[row, column] = Cell(glyphs.reference, CellStyle(.dim)) }
            grid[row, scale.column(of: 0)] = Cell(glyphs.hairline, CellStyle(.dim))
        }
    }

    private func drawAxis(_ scale: Scale, row: Int, on grid: inout CellGrid) {
        let dim = CellStyle(.dim)
        let (low, high) = (
            NumberText.signed(scale.range.lowerBound), NumberText.signed(scale.range.upperBound)
        )
        let zero = scale.column(of: 0)
        let start = grid.write(low, row: row, column: scale.plot.column, style: dim)
        let end = scale.plot.endColumn - high.count
        if zero > start + 1, zero < end - 1 { grid.write("0", row: row, column: zero, style: dim) }
        if end > start { grid.write(high, row: row, column: end, style: dim) }
    }
}

extension VerdictWord {
    /// Decided words stand out.
    fileprivate var color: CellColor {
        switch self {
        case .firstForgetsLess, .secondForgetsLess: .good
        case .tie: .accent
        default: .standard
        }
    }
}
