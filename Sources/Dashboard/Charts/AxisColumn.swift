import Foundation
internal import RunEvents

/// The vertical axis left of a plot, with ticks and their labels.
struct AxisColumn {
    let scale: ValueScale
    let plot: Region
    let glyphs: GlyphSet

    /// Draws into the columns left of the plot; labels that would touch others are left out.
    func draw(on grid: inout CellGrid) {
        let axis = plot.column - 1
        for row in plot.row..<plot.endRow {
            grid[row, axis] = Cell(glyphs.vertical, CellStyle(.dim))
        }
        var labelled: [Int] = []
        let apart = plot.rows > 5 ? 2 : 1
        for tick in ordered {
            guard let row = scale.position(of: tick).map(row) else { continue }
            grid[row, axis] = Cell(glyphs.yTick, CellStyle(.dim))
            guard labelled.allSatisfy({ abs($0 - row) >= apart }) else { continue }
            labelled.append(row)
            let label = scale.label(tick)
            grid.write(label, row: row, column: axis - label.count, style: CellStyle(.dim))
        }
    }

    /// The ticks, those first whose labels matter most: of a linear axis 0 and what is near it, of
    /// others 0 and the powers of ten.
    private var ordered: [Double] {
        if scale.spread == .linear {
            let anchor = scale.ticks.min { abs($0) < abs($1) } ?? 0
            return scale.ticks.sorted { abs($0 - anchor) < abs($1 - anchor) }
        }
        return scale.ticks.filter(Self.isMajor) + scale.ticks.filter { !Self.isMajor($0) }
    }

    private static func isMajor(_ tick: Double) -> Bool {
        let power = log10(abs(tick))
        return tick == 0 || abs(power - power.rounded()) < 1e-9
    }

    private func row(of place: Double) -> Int {
        plot.row + Int(saturating: ((1 - place) * Double(plot.rows - 1)).rounded())
    }
}
