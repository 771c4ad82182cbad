import Foundation
import RunEvents
import Testing
import Verdicts

@testable import Dashboard

@Suite struct VerdictViewTests {
    @Test("a verdict is asked for after new scores, and one at a time")
    func requests() {
        var model = ScriptedRun().model(rows: 40, columns: 120)
        let (first, second) = (model.judge(), model.judge())
        #expect(first, "there are scores")
        #expect(!second, "nothing is new")
        let score = Observation(
            arm: "full", step: 260, tokens: 1, seconds: 1, kind: .target, task: "code",
            metric: "loss", value: 0.5)
        let rate = Observation(
            arm: "full", step: 260, tokens: 1, seconds: 1, kind: .train, metric: "learning_rate",
            value: 0.5)
        _ = model.update(.event(StampedEvent(seconds: 200, event: .observed(rate))))
        let asked1 = model.update(.tick(seconds: 1))
        #expect(asked1.isEmpty, "a step alone changes no verdict")
        _ = model.update(.event(StampedEvent(seconds: 200, event: .observed(score))))
        let asked2 = model.update(.tick(seconds: 2))
        #expect(asked2.count == 1)
        _ = model.update(.event(StampedEvent(seconds: 201, event: .observed(score))))
        let asked3 = model.update(.tick(seconds: 3))
        #expect(asked3.isEmpty, "the answer is still to come")
        _ = model.update(.verdict(.impossible("of a test")))
        let asked4 = model.update(.tick(seconds: 4))
        #expect(asked4.count == 1)
        #expect(model.view().text.contains("of a test"))
    }

    @Test("an arm alone is compared with nothing, and has no verdict")
    func oneArm() {
        var model = ScriptedRun(armNames: ["full"]).model(rows: 40, columns: 120)
        let isAsked = model.judge()
        #expect(!isAsked)
        #expect(!model.view().text.contains("VERDICT"))
        for _ in 0..<3 { _ = model.update(.key("v")) }
        #expect(model.view().text.contains("it takes two arms to compare, and there is full alone"))
        var two = ScriptedRun(armNames: ["full", "lora"]).model(rows: 40, columns: 120)
        two.judge()
        #expect(two.view().text.contains("VERDICT"))
    }

    @Test("the view shows every sentence and remark when it is scrolled", arguments: [24, 40, 60])
    func scrolling(rows: Int) throws {
        var model = ScriptedRun().model(rows: rows, columns: 80)
        model.judge()
        for _ in 0..<3 { _ = model.update(.key("v")) }
        let verdict = try #require(model.verdicts.reading.verdict)
        var seen = ""
        for _ in 0..<40 {
            seen += model.view().text + "\n"
            _ = model.update(.key(.down))
        }
        for sentence in verdict.sentences + verdict.remarks {
            for line in DisplayText.wrapped(sentence, width: 80) {
                #expect(seen.contains(line), "\(line)")
            }
        }
        #expect(verdict.sentences.count == 3 && !verdict.remarks.isEmpty)
    }

    @Test("the surest pair comes first")
    func order() throws {
        var model = ScriptedRun().model(rows: 40, columns: 120)
        model.judge()
        var verdict = try #require(model.verdicts.reading.verdict)
        verdict.pairs[0].word = .undecided
        verdict.pairs[1].word = .tie
        verdict.pairs[2].word = .secondForgetsLess
        let words = ToldVerdict(verdict).pairs.map(\.pair.word)
        #expect(words == [.secondForgetsLess, .tie, .undecided])
    }

    @Test("a forest draws an interval on its side of zero, and a tick for every seed")
    func forest() throws {
        var model = ScriptedRun().model(rows: 40, columns: 120)
        model.judge()
        var pair = try #require(model.verdicts.reading.verdict?.pairs.first)
        pair.word = .firstForgetsLess
        pair.gap = try gap(mean: -0.5, gaps: [-0.6, -0.5, -0.4], lower: -0.7, upper: -0.3)
        var grid = CellGrid(rows: 4, columns: 60)
        ForestChart(pairs: [pair], tolerance: 0.02, glyphs: GlyphSet(.ascii)).draw(
            in: Region(row: 0, column: 0, rows: 4, columns: 60), on: &grid)
        let lines = grid.text.split(separator: "\n", omittingEmptySubsequences: false)
        let zero = try #require(lines[2].firstIndex(of: ":"))
        let column = lines[2].distance(from: lines[2].startIndex, to: zero)
        let bar = lines[0].enumerated().filter { "=O".contains($0.element) }.map(\.offset)
        #expect(!bar.isEmpty && bar.allSatisfy { $0 < column })
        #expect(lines[1].count { $0 == "'" } == 3)
        #expect(lines[0].count { $0 == "O" } == 1)
    }

    private func gap(
        mean: Double, gaps: [Double], lower: Double, upper: Double
    ) throws -> GapEstimate {
        let json = """
            {"mean": \(mean), "gaps": \(gaps),
             "interval": {"lower": \(lower), "upper": \(upper), "scope": "seeds"}}
            """
        return try JSONDecoder().decode(GapEstimate.self, from: Data(json.utf8))
    }

    @Test("text is broken between words, and a word that is too long within")
    func wrapping() {
        #expect(DisplayText.wrapped("one two three", width: 7) == ["one two", "three"])
        #expect(DisplayText.wrapped("abcdefgh ij", width: 3) == ["abc", "def", "gh", "ij"])
        #expect(DisplayText.wrapped("", width: 3).isEmpty)
    }
}
