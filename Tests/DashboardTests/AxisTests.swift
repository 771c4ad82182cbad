import RunEvents
import TestSupport
import Testing

@testable import Dashboard

@Suite struct YAxisTests {
    private func spread(
        _ values: [Double], _ kind: MetricDefinition.Values, _ axis: YAxis = .automatic
    ) -> ValueScale.Spread {
        var extremes = Extremes()
        for value in values { extremes.take(value) }
        return axis.spread(of: extremes, values: kind)
    }

    @Test func automaticIsLogarithmicOnceRatiosTell() {
        #expect(spread([0.077, 0.138, 5.8], .positive) == .logarithmic)
        #expect(spread([0.58, 5.8], .positive) == .linear)
        #expect(spread([0.57, 5.8], .positive) == .logarithmic)
        #expect(spread([0, 0.57, 5.8, .nan], .positive) == .logarithmic)
        #expect(spread([], .positive) == .linear)
        #expect(spread([0, 0], .positive) == .linear)
    }

    @Test func automaticIsLinearWhereDifferencesTell() {
        #expect(spread([0.001, 0.9], .share) == .linear)
        #expect(spread([0, 0.01, 12], .signed) == .linear)
    }

    @Test func logarithmGoesAboutZeroForWhatMayBeNegative() {
        #expect(spread([-0.3, 12], .signed, .logarithmic) == .symmetric(unit: 0.1))
        #expect(spread([0, 0.5], .share, .logarithmic) == .symmetric(unit: 0.001))
        #expect(spread([0.1, 12], .signed, .logarithmic) == .logarithmic)
        #expect(spread([0, 12], .positive, .logarithmic) == .logarithmic)
        #expect(spread([0, 0], .positive, .logarithmic) == .linear)
    }

    @Test("every recorded metric is one that the study can draw")
    func sharesAreNotDrawnByRatio() {
        for metric in MetricDefinition.all where metric.unit.isEmpty {
            let isShare = metric.summary.contains("share") || metric.name.contains("acc")
            if isShare { #expect(metric.values == .share, "\(metric.name)") }
        }
    }
}

@Suite struct LogScaleTests {
    private func scale(_ low: Double, _ high: Double, ticks: Int = 6) -> ValueScale {
        ValueScale(holding: low...high, spread: .logarithmic, tickCount: ticks)
    }

    @Test func rangeIsFittedToOneDigit() {
        expectClose(ends(scale(0.077, 5.87)), [0.07, 6])
        expectClose(ends(scale(0.001, 1000)), [0.001, 1000])
        expectClose(ends(scale(5, 5)), [4, 6])
        expectClose(ends(scale(0.19, 12)), [0.15, 15])
    }

    private func ends(_ scale: ValueScale) -> [Double] {
        [scale.range.lowerBound, scale.range.upperBound]
    }

    @Test func ticksAreOneTwoFive() {
        expectClose(scale(0.077, 5.87).ticks, [0.1, 0.2, 0.5, 1, 2, 5])
        expectClose(scale(0.077, 5.87, ticks: 3).ticks, [0.1, 1])
        expectClose(scale(1e-6, 1e6, ticks: 5).ticks, [1e-6, 1e-3, 1, 1e3, 1e6])
        #expect(
            scale(0.077, 5.87).ticks.map(scale(0.077, 5.87).label).joined(separator: " ")
                == "0.1 0.2 0.5 1 2 5")
    }

    @Test func narrowRangesHaveTicksToo() {
        for (low, high) in [(1.1, 1.3), (2.1, 4.9), (0.91, 0.99), (3, 3.0001)] {
            let scale = scale(low, high)
            #expect(scale.ticks.count >= 2, "\(low) to \(high)")
            for tick in scale.ticks { #expect(scale.range.contains(tick)) }
        }
    }

    @Test func closeValuesStandApart() throws {
        let scale = scale(0.077, 5.87)
        let apart = try #require(scale.position(of: 0.138)) - #require(scale.position(of: 0.077))
        #expect(apart > 0.1)
    }

    @Test func symmetricScaleHasTicksOnBothSidesAndAtZero() throws {
        let scale = ValueScale(holding: -0.3...12, spread: .symmetric(unit: 0.1), tickCount: 10)
        expectClose(scale.ticks, [-0.2, -0.1, 0, 0.1, 0.2, 0.5, 1, 2, 5, 10])
        #expect(try #require(scale.position(of: 0)) > 0)
        for value in [-0.3, 0, 0.05, 7, 12] {
            let place = try #require(scale.position(of: value))
            #expect(abs(scale.value(at: place) - value) < 1e-9)
        }
    }
}

@Suite struct LogChartTests {
    private func draw(_ values: [Double], axis: YAxis) -> (LineChart, CellGrid) {
        var grid = CellGrid(rows: 10, columns: 60)
        let line = ChartLine(
            pen: .init(color: .arm(0), letter: "f", priority: 0),
            points: values.enumerated().map { (Double($0.offset), $0.element) })
        let chart = LineChart(
            region: Region(row: 0, column: 0, rows: 10, columns: 60),
            xRange: 0...Double(values.count - 1), lines: [line], axis: axis, values: .positive,
            glyphs: GlyphSet(.braille))
        chart.draw(on: &grid)
        return (chart, grid)
    }

    @Test("values that a logarithmic axis has no place for are marked at its foot and counted")
    func valuesAtOrBelowZeroAreMarked() {
        let (chart, grid) = draw([5, 0.1, 0, -1, 0.1], axis: .automatic)
        #expect(chart.scale.spread == .logarithmic && chart.belowCount == 2)
        let marks = (0..<60).filter { grid[9, $0].scalar == "\u{25BE}" }
        #expect(marks.count == 2)
        for column in marks { #expect(grid[9, column].style.color == .arm(0)) }
        #expect(!grid.cells.contains { $0.scalar == "!" })
        let (linear, plain) = draw([5, 0.1, 0, -1, 0.1], axis: .linear)
        #expect(linear.belowCount == 0 && !plain.cells.contains { $0.scalar == "\u{25BE}" })
    }

    @Test("a curve that is cut by zooming stays straight on a logarithmic axis")
    func cutCurveStaysStraight() {
        var grid = CellGrid(rows: 9, columns: 60)
        let line = ChartLine(
            pen: .init(color: .arm(0), letter: "f", priority: 0),
            points: [(0, 100), (100, 0.01), (200, 100)])
        let chart = LineChart(
            region: Region(row: 0, column: 0, rows: 9, columns: 60), xRange: 50...200,
            lines: [line], axis: .logarithmic, values: .positive, glyphs: GlyphSet(.braille))
        chart.draw(on: &grid)
        #expect((0..<9).filter { grid[$0, 8].style.color == .arm(0) } == [4])
    }

    @Test("the base does not widen a range that the curves have left")
    func baseDoesNotWidenTheRange() {
        let line = ChartLine(
            pen: .init(color: .arm(0), letter: "f", priority: 0),
            points: [(0, 3.2), (50, 1.2), (100, 1.1)])
        let chart = LineChart(
            region: Region(row: 0, column: 0, rows: 10, columns: 60), xRange: 50...100,
            lines: [line], bases: [ReferenceLine(value: 3.2)], glyphs: GlyphSet(.braille))
        #expect(chart.scale.range.upperBound < 1.5)
        var grid = CellGrid(rows: 10, columns: 60)
        chart.draw(on: &grid)
        #expect(!grid.cells.contains { $0.scalar == GlyphSet(.braille).reference })
    }
}
