import RunEvents
import Testing

@testable import Dashboard

/// Letters stand on the lines where hues do not tell them apart.
@Suite struct LineLetterTests {
    private func letters(of names: [String], hasColor: Bool) -> [Character: Int] {
        var model = DashboardModel(
            rows: 40, columns: 120, capabilities: .init(glyphs: .braille, hasColor: hasColor))
        for event in ScriptedRun(armNames: names, steps: 300).events {
            _ = model.update(.event(event))
        }
        let grid = model.view()
        let rows = (2..<40).prefix { grid[$0, 0].scalar != "\u{251C}" }
        let cells = rows.flatMap { row in (10..<74).map { grid[row, $0] } }
        return cells.filter { $0.style.isBold && $0.scalar.isASCII }.reduce(into: [:]) {
            $0[Character($1.scalar), default: 0] += 1
        }
    }

    @Test func fewLinesInColourHaveTheirLetterAtTheEndOnly() {
        #expect(letters(of: ["full", "lora"], hasColor: true) == ["f": 1, "l": 1])
    }

    @Test func withoutColourLinesCarryTheirLetters() {
        let letters = letters(of: ["full", "lora"], hasColor: false)
        #expect(letters["f", default: 0] >= 3 && letters["l", default: 0] >= 3)
    }

    @Test func moreLinesThanHuesCarryTheirLetters() {
        let names = "abcdefghijkl".map { String($0) }
        let letters = letters(of: names, hasColor: true)
        #expect(letters.count == 12)
        #expect(letters.values.reduce(0, +) >= 24)
    }
}
