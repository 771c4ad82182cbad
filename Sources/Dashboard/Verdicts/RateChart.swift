import Foundation
import RunEvents
import Verdicts

/// What every arm learned, or forgot, at each of its learning rates: the mean over seeds as a line, a
/// mark for each seed, the best rate by the arm's letter.
struct RateChart {
    /// One number of a rate, by seed.
    let values: (ArmVerdict.Rate) -> [Double]
    /// Drawn as a line: the level that is read.
    var level: Double?
    let verdict: Verdict
    let scene: Scene

    func draw(in region: Region, on grid: inout CellGrid) {
        var rest = region
        let labels = rest.takeBottom(1)
        let rates = verdict.arms.flatMap(\.rates).map(\.learningRate).filter { $0 > 0 }
        guard let low = rates.min(), let high = rates.max(), rest.rows > 1 else { return }
        // A rate alone stands in the middle.
        let margin = low < high ? 0.05 * log10(high / low) : 0.5
        let range = (log10(low) - margin)...(log10(high) + margin)
        let chart = LineChart(
            region: rest, xRange: range, lines: verdict.arms.flatMap(lines),
            bases: level.map { [ReferenceLine(value: $0)] } ?? [], glyphs: scene.glyphs)
        chart.draw(on: &grid)
        for arm in verdict.arms { markBest(of: arm, chart, on: &grid) }
        drawLabels(Set(rates).sorted(), chart, row: labels.row, on: &grid)
    }

    private func lines(of arm: ArmVerdict) -> [ChartLine] {
        guard let record = scene.record(ofJudged: arm.arm) else { return [] }
        var pen = DotCanvas.Pen(
            color: .arm(record.index), letter: record.letter, priority: 0, hasMarkers: true)
        let rates = arm.rates.filter { $0.learningRate > 0 && !values($0).isEmpty }
        let mean = ChartLine(
            pen: pen, points: rates.map { (log10($0.learningRate), Self.mean(values($0))) },
            hasLetter: false)
        pen.weight = .thin
        let seeds = rates.flatMap { rate in
            values(rate).map {
                ChartLine(pen: pen, points: [(log10(rate.learningRate), $0)], hasLetter: false)
            }
        }
        return seeds + [mean]
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    /// The rate that stands for the arm.
    private func markBest(of arm: ArmVerdict, _ chart: LineChart, on grid: inout CellGrid) {
        guard let best = verdict.best(of: arm.arm)?.learningRate,
            let rate = arm.rates.first(where: { $0.learningRate == best }), best > 0,
            !values(rate).isEmpty, let record = scene.record(ofJudged: arm.arm),
            let cell = chart.cell(x: log10(best), y: Self.mean(values(rate)))
        else { return }
        grid[cell.row, cell.column] = Cell(
            record.letter, CellStyle(.arm(record.index), bold: true, reversed: true))
    }

    private func drawLabels(
        _ rates: [Double], _ chart: LineChart, row: Int, on grid: inout CellGrid
    ) {
        var free = chart.plot.column
        for rate in rates {
            let text = NumberText.exactRate(rate)
            let column = chart.column(ofX: log10(rate)) - text.count / 2
            let at = max(chart.plot.column, min(column, chart.plot.endColumn - text.count))
            guard at >= free else { continue }
            free = grid.write(text, row: row, column: at, style: CellStyle(.dim)) + 1
        }
    }
}
