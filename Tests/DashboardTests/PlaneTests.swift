import RunEvents
import Testing

@testable import Dashboard

@Suite struct PlaneTests {
    private func draw(
        _ tracks: [[(loss: Double, forgetting: Double)]], axis: YAxis = .automatic,
        halvings: Int = 0
    ) -> CellGrid {
        var grid = CellGrid(rows: 16, columns: 60)
        let letters: [Unicode.Scalar] = ["f", "l", "r", "d", "v", "m"]
        let drawn = tracks.enumerated().map { index, spots in
            PlaneTrack(
                pen: .init(
                    color: .arm(index), letter: letters[index], priority: index == 1 ? 2 : 0),
                spots: spots.map { .init(learned: $0.loss, forgotten: $0.forgetting) })
        }
        PlaneChart(
            tracks: drawn, axis: axis, halvings: halvings,
            area: Region(row: 0, column: 0, rows: 16, columns: 60), glyphs: GlyphSet(.braille)
        )?.draw(on: &grid)
        return grid
    }

    private func column(of letter: Unicode.Scalar, _ grid: CellGrid) -> Int? {
        grid.cells.firstIndex { $0.scalar == letter && $0.style.isBold }.map { $0 % grid.columns }
    }

    @Test func lowLossesStandApart() throws {
        let grid = draw([[(5.8, 0), (0.077, 12)], [(5.8, 0), (0.138, 4)]])
        let (full, lora) = try (
            #require(column(of: "f", grid)), #require(column(of: "l", grid))
        )
        #expect(full > lora + 4)
        #expect(grid.text.contains("log loss"))
        let linear = draw([[(5.8, 0), (0.077, 12)], [(5.8, 0), (0.138, 4)]], axis: .linear)
        let apart = try #require(column(of: "f", linear)) - #require(column(of: "l", linear))
        #expect(abs(apart) <= 1)
    }

    @Test func armsAtOnePointAreOneLabel() {
        let same = Array(repeating: [(loss: 5.8, forgetting: 0.0)], count: 3)
        #expect(draw(same).text.contains("lfr"))
        let many = Array(repeating: [(loss: 5.8, forgetting: 0.0)], count: 6)
        #expect(draw(many).text.contains("lfr+3"))
    }

    @Test func zoomKeepsTheSelectedArmAndCutsTheOthers() throws {
        let tracks = [[(loss: 5.8, forgetting: 0.0), (0.5, 12)], [(5.8, 0), (4, 1)]]
        let grid = draw(tracks, halvings: 3)
        #expect(column(of: "l", grid) != nil)
        #expect(column(of: "f", grid) == nil)
        for row in 0..<16 {
            for column in 0..<8 {
                if case .arm = grid[row, column].style.color { Issue.record("left of the plot") }
            }
        }
    }

    @Test func oddNumbersAreDrawn() {
        for axis in YAxis.allCases {
            for halvings in [0, 6] {
                for value in [0, -1, 1e-300, 1e308, Double.leastNonzeroMagnitude] {
                    _ = draw([[(value, value), (1, -value)]], axis: axis, halvings: halvings)
                }
            }
        }
    }
}
