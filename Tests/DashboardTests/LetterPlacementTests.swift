import Testing

@testable import Dashboard

@Suite struct LetterPlacementTests {
    private typealias End = LetterPlacement.End

    private let region = Region(row: 2, column: 10, rows: 8, columns: 40)

    private func places(_ ends: [End]) -> [[Int]] {
        LetterPlacement(region: region).places(for: ends).map { place in
            place.map { [$0.row, $0.column] } ?? []
        }
    }

    @Test func lettersApartStandBesideTheirEnds() {
        #expect(
            places([End(row: 3, column: 20), End(row: 7, column: 20)]) == [[3, 21], [7, 21]])
    }

    @Test func lettersOfOneCellStandUnderEachOtherInOrder() {
        let ends = Array(repeating: End(row: 5, column: 20), count: 3)
        #expect(places(ends) == [[4, 21], [5, 21], [6, 21]])
        let atFoot = Array(repeating: End(row: 9, column: 20), count: 3)
        #expect(places(atFoot) == [[7, 21], [8, 21], [9, 21]])
    }

    @Test func orderOfTheEndsIsKept() {
        let rows = [2, 4, 4, 4, 5, 5, 9]
        let placed = places(rows.map { End(row: $0, column: 30) })
        #expect(placed.map { $0[0] } == placed.map { $0[0] }.sorted())
        #expect(Set(placed).count == rows.count)
        for (row, place) in zip(rows, placed) { #expect(abs(row - place[0]) <= 2) }
    }

    @Test(arguments: [1, 8, 9, 16, 40]) func allStandInTheRegionApart(_ count: Int) {
        for column in [10, 30, 48, 49] {
            let ends = (0..<count).map { End(row: 2 + $0 % 8, column: column - $0 % 3) }
            let placed = places(ends)
            #expect(Set(placed).count == count)
            for place in placed {
                #expect((2..<10).contains(place[0]) && (10..<50).contains(place[1]))
            }
        }
    }

    @Test func wideTextsDoNotOverlap() {
        let placed = places([
            End(row: 5, column: 20, width: 4), End(row: 5, column: 23), End(row: 5, column: 21),
        ])
        #expect(placed[0] != placed[1] && placed[0] != placed[2])
        #expect(placed[1][0] != placed[0][0] || placed[1][1] >= placed[0][1] + 4)
    }
}
