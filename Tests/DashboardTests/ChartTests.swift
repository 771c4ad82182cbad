import Foundation
import RunEvents
import TestSupport
import Testing

@testable import Dashboard

@Suite struct ValueScaleTests {
    @Test(
        arguments: [
            (0.0, 1.0), (0.919, 3.2), (-0.01, 0.52), (1e-9, 2e-9), (-1e300, 1e300), (5, 5), (0, 0),
            (1e-300, 1e-300), (123_456, 123_457), (-7, -7), (1e15, 1e15 + 4),
            (0, .leastNonzeroMagnitude),
            (.leastNonzeroMagnitude, .leastNonzeroMagnitude), (0, 0x1p-1040), (-1e-300, 1e-300),
        ] as [(Double, Double)]) func holdsItsValuesOnRoundTicks(_ low: Double, _ high: Double)
    {
        for rows in [1, 2, 3, 4, 6, 7, 11, 22, 45] {
            let scale = ValueScale(holding: low...high, tickCount: 5, rows: rows)
            let slack = (scale.range.upperBound - scale.range.lowerBound) * 1e-6
            #expect(scale.range.lowerBound <= low + slack)
            #expect(scale.range.upperBound >= high - slack)
            #expect(!scale.ticks.isEmpty && scale.ticks.count <= 46)
            for tick in scale.ticks { #expect(scale.label(tick).count <= 7) }
        }
    }

    @Test("values beyond all axes lie at the ends, linearly and by logarithm")
    func extremes() throws {
        let widest = Double.greatestFiniteMagnitude
        for spread in [ValueScale.Spread.linear, .logarithmic, .symmetric(unit: 1e298)] {
            for low in [-widest, 0, .leastNonzeroMagnitude, 0x1p-1040] {
                for rows in [nil, 1, 7, 22] {
                    let scale = ValueScale(
                        holding: low...widest, spread: spread, tickCount: 5, rows: rows)
                    #expect(scale.range.upperBound.isFinite && !scale.ticks.isEmpty)
                    #expect(try #require(scale.position(of: widest)) == 1)
                    for value in [low, 1, 1e300] where scale.holds(value) {
                        let place = try #require(scale.position(of: value))
                        #expect((0...1).contains(place))
                    }
                }
            }
        }
    }

    @Test func ticksStandOnRows() {
        for rows in 3...30 {
            let scale = ValueScale(holding: 0.919...3.2, tickCount: 5, rows: rows)
            for tick in scale.ticks {
                let row = (scale.position(of: tick) ?? -1) * Double(rows - 1)
                #expect(abs(row - row.rounded()) < 1e-6)
            }
        }
    }

    @Test func logarithmTakesPositiveValues() {
        let scale = ValueScale(holding: 0.01...100, spread: .logarithmic, tickCount: 5)
        #expect(scale.spread == .logarithmic)
        #expect(scale.position(of: 1) == 0.5)
        #expect(scale.position(of: 0) == nil)
        let mixed = ValueScale(holding: -1...1, spread: .logarithmic, tickCount: 5)
        #expect(mixed.spread == .linear)
    }

    @Test func roundStepIsOneTwoOrFive() {
        expectClose(
            [0.3, 1, 1.1, 4, 7, 0.012].map(ValueScale.roundStep), [0.5, 1, 2, 5, 10, 0.02])
    }
}

@Suite struct SmoothingTests {
    private func points(_ values: [Double], gap: Int = 1) -> [CurvePoint] {
        values.enumerated().map {
            CurvePoint(step: $0.offset * gap, tokens: 0, seconds: 0, value: $0.element)
        }
    }

    @Test func constantStaysConstantFromTheFirstPointOn() {
        let smoothed = Smoothing.smoothed(
            points(Array(repeating: 2, count: 20)), strength: 0.9, unit: 1)
        expectClose(smoothed.map(\.value), Array(repeating: 2, count: 20))
    }

    @Test func equalsTheDebiasedFormula() {
        let smoothed = Smoothing.smoothed(points([1, 3]), strength: 0.5, unit: 1)
        expectClose(smoothed.map(\.value), [1, (0.5 * 0.5 * 1 + 0.5 * 3) / 0.75])
    }

    @Test func nonFiniteValuesPassThrough() {
        let smoothed = Smoothing.smoothed(points([1, .nan, 1]), strength: 0.5, unit: 1)
        #expect(smoothed[1].value.isNaN)
        #expect(smoothed[2].value == 1)
    }

    @Test func wideGapsSmoothLess() {
        let dense = Smoothing.smoothed(points([0, 1]), strength: 0.9, unit: 1)
        let sparse = Smoothing.smoothed(points([0, 1], gap: 50), strength: 0.9, unit: 1)
        #expect(sparse[1].value > dense[1].value)
    }
}

@Suite struct DotCanvasTests {
    private func drawn(_ glyphs: ScreenCapabilities.Glyphs, _ body: (inout DotCanvas) -> Void)
        -> CellGrid
    {
        var canvas = DotCanvas(rows: 2, columns: 3, glyphs: GlyphSet(glyphs))
        body(&canvas)
        var grid = CellGrid(rows: 2, columns: 3)
        canvas.draw(on: &grid, row: 0, column: 0)
        return grid
    }

    private func pen(_ index: Int, priority: Int = 0, isFaint: Bool = false) -> DotCanvas.Pen {
        DotCanvas.Pen(
            color: .arm(index), letter: "a", priority: priority,
            weight: isFaint ? .thin : .normal)
    }

    @Test("a cell shows the dots of one pen only, in that pen's colour and thickness")
    func topmostPenHasTheCell() {
        let grid = drawn(.braille) { canvas in
            let low = canvas.add(pen(0))
            let high = canvas.add(pen(1, priority: 2))
            canvas.set(x: 0, y: 0, pen: high, stroke: .line)
            canvas.set(x: 1, y: 3, pen: low, stroke: .line)
            canvas.set(x: 2, y: 0, pen: low, stroke: .line)
            canvas.set(x: 3, y: 0, pen: high, stroke: .line)
            canvas.set(x: 3, y: 1, pen: high, stroke: .line)
        }
        #expect(grid[0, 0] == Cell("\u{2801}", CellStyle(.arm(1))))
        #expect(grid[0, 1] == Cell("\u{2818}", CellStyle(.arm(1))))
    }

    @Test("of pens of one priority the one added last has the cell, whichever draws last")
    func orderDecidesBetweenEquals() {
        let grid = drawn(.braille) { canvas in
            let (first, last) = (canvas.add(pen(0)), canvas.add(pen(1)))
            canvas.set(x: 0, y: 0, pen: last, stroke: .line)
            canvas.set(x: 1, y: 0, pen: first, stroke: .line)
        }
        #expect(grid[0, 0] == Cell("\u{2801}", CellStyle(.arm(1))))
    }

    @Test("faint dots lie beneath lines, whatever their priority")
    func linesLieOverFaintDots() {
        let grid = drawn(.braille) { canvas in
            let raw = canvas.add(pen(0, priority: 2, isFaint: true))
            let line = canvas.add(pen(0))
            canvas.set(x: 0, y: 0, pen: line, stroke: .line)
            canvas.set(x: 1, y: 0, pen: raw, stroke: .line)
            canvas.set(x: 2, y: 0, pen: raw, stroke: .line)
        }
        #expect(grid[0, 0] == Cell("\u{2801}", CellStyle(.arm(0))))
        #expect(grid[0, 1] == Cell("\u{2801}", CellStyle(.arm(0), faint: true)))
    }

    @Test("a marked point is a block of dots that holds the line's own, within its cell")
    func markersStandOnTheLine() {
        for y in 0..<8 {
            let grid = drawn(.braille) { canvas in
                var marking = pen(0)
                marking.hasMarkers = true
                canvas.mark(x: 3, y: y, pen: canvas.add(marking))
            }
            let bits = UInt8(truncatingIfNeeded: grid[y / 4, 1].scalar.value - 0x2800)
            #expect(bits == (y % 4 < 2 ? 0b0011_1111 : 0b1111_0110))
            #expect(grid.cells.count { $0 != .blank } == 1)
        }
    }

    @Test func dotsOutsideAreIgnored() {
        let grid = drawn(.block) { canvas in
            let line = canvas.add(pen(0))
            canvas.line(from: (-5, -5), to: (20, 20), pen: line)
        }
        #expect(grid.cells.count == 6)
    }
}

@Suite struct LineChartTests {
    private func draw(
        _ values: [Double], columns: Int = 60, rows: Int = 10,
        glyphs: ScreenCapabilities.Glyphs = .braille
    ) -> CellGrid {
        var grid = CellGrid(rows: rows, columns: columns)
        let line = ChartLine(
            pen: .init(color: .arm(0), letter: "f", priority: 0),
            points: values.enumerated().map { (Double($0.offset), $0.element) })
        LineChart(
            region: Region(row: 0, column: 0, rows: rows, columns: columns),
            xRange: 0...Double(max(1, values.count - 1)), lines: [line],
            glyphs: GlyphSet(glyphs)
        ).draw(on: &grid)
        return grid
    }

    private func plotRows(_ grid: CellGrid) -> [Int] {
        (0..<grid.rows).filter { row in
            (LineChart.labelColumns..<grid.columns - 2).contains {
                grid[row, $0].style.color == .arm(0)
            }
        }
    }

    @Test(arguments: ScreenCapabilities.Glyphs.allCases)
    func spikesSurviveThinning(_ glyphs: ScreenCapabilities.Glyphs) {
        var values = Array(repeating: 1.0, count: 5000)
        values[2501] = 100
        values[3777] = -50
        let rows = plotRows(draw(values, glyphs: glyphs))
        let flat = plotRows(draw(values.map { _ in 1 }, glyphs: glyphs))
        #expect(flat.count == 1)
        let scale = ValueScale(holding: -50...100, tickCount: 5, rows: 10)
        func row(_ value: Double) -> Int {
            Int(((1 - (scale.position(of: value) ?? 0)) * 9).rounded())
        }
        #expect(abs((rows.first ?? 99) - row(100)) <= 1)
        #expect(abs((rows.last ?? -99) - row(-50)) <= 1)
    }

    @Test func notANumberBreaksTheLineAndIsMarked() {
        let grid = draw([1, 1, .nan, 1, 1])
        #expect(grid.cells.count { $0.scalar == "!" && $0.style.color == .alert } == 1)
        let row = plotRows(grid).first ?? 0
        let line = (8..<58).map { grid[row, $0].scalar }
        #expect(line.contains(" "))
    }

    @Test func showsWhatItCan() {
        let infinity = Double.infinity
        for values in [[], [1], [.nan, .nan], [infinity, 1, -infinity], [1e300, -1e300]]
            as [[Double]]
        {
            _ = draw(values)
        }
        #expect(draw([.nan, .nan]).cells.contains { $0.scalar == "!" })
        #expect(draw([3]).cells.contains { $0.scalar == "f" })
    }
}

@Suite struct ClippingTests {
    @Test func curveReachesTheEdgesOfAZoomedChart() {
        var grid = CellGrid(rows: 6, columns: 60)
        let line = ChartLine(
            pen: .init(color: .arm(0), letter: "f", priority: 0),
            points: [(0, 0), (50, 1), (100, 0)])
        LineChart(
            region: Region(row: 0, column: 0, rows: 6, columns: 60), xRange: 40...60,
            lines: [line], glyphs: GlyphSet(.braille)
        ).draw(on: &grid)
        for column in 8..<58 {
            #expect((0..<6).contains { grid[$0, column].style.color == .arm(0) })
        }
    }
}
