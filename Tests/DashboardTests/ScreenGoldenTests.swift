import Foundation
import RunEvents
import TestSupport
import Testing

@testable import Dashboard

/// Whole screens as text; `LETHE_RECORD=1` writes the files anew.
@Suite struct ScreenGoldenTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var rows: Int
        var columns: Int
        var glyphs: ScreenCapabilities.Glyphs = .braille
        var keys: [Key] = []
        /// Instead of a run of one trajectory an arm.
        var grid: ScriptedGrid?

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        .init(name: "80x24", rows: 24, columns: 80),
        .init(name: "80x24-ascii", rows: 24, columns: 80, glyphs: .ascii),
        .init(name: "80x24-block", rows: 24, columns: 80, glyphs: .block),
        .init(
            name: "80x24-cursor-table", rows: 24, columns: 80, keys: [.left, .shiftLeft, "v", "v"]),
        .init(name: "80x24-plane", rows: 24, columns: 80, keys: ["v"]),
        .init(name: "80x24-verdict", rows: 24, columns: 80, keys: ["v", "v", "v"]),
        .init(name: "80x24-quit", rows: 24, columns: 80, keys: ["q"]),
        .init(name: "120x40", rows: 40, columns: 120),
        .init(name: "120x40-ascii", rows: 40, columns: 120, glyphs: .ascii),
        .init(
            name: "120x40-pinned-train-loss", rows: 40, columns: 120,
            keys: ["p", .down, "m", "m", "m", .left, .shiftLeft]),
        .init(
            name: "120x40-verdict-ascii", rows: 40, columns: 120, glyphs: .ascii,
            keys: ["v", "v", "v", .down]),
        .init(name: "120x40-help", rows: 40, columns: 120, keys: ["?"]),
        .init(name: "200x60", rows: 60, columns: 200),
        .init(name: "200x60-ascii", rows: 60, columns: 200, glyphs: .ascii),
        .init(name: "200x60-verdict", rows: 60, columns: 200, keys: ["v", "v", "v"]),
        .init(
            name: "200x60-cursor-zoomed", rows: 60, columns: 200,
            keys: [.home, .shiftRight, .shiftRight, "+", .down, "p"]),
        .init(name: "50x14", rows: 14, columns: 50),
        .init(name: "40x10", rows: 10, columns: 40),
        .init(name: "20x5", rows: 5, columns: 20),
        .init(name: "grid-80x24", rows: 24, columns: 80, grid: large),
        .init(name: "grid-80x24-plane", rows: 24, columns: 80, keys: ["v"], grid: large),
        .init(
            name: "grid-120x40-budget", rows: 40, columns: 120,
            keys: ["b", ".", "2", .enter], grid: large),
        .init(
            name: "grid-120x40-level", rows: 40, columns: 120,
            keys: ["v", "v", "v", .left, .left], grid: ScriptedGrid(budget: 0.3)),
        .init(name: "grid-120x40-tables", rows: 40, columns: 120, keys: ["v", "v"], grid: large),
        .init(name: "grid-200x60", rows: 60, columns: 200, grid: large),
        .init(
            name: "grid-200x60-verdict", rows: 60, columns: 200, keys: ["v", "v", "v"], grid: large),
    ]

    /// 12 arms at 3 rates with 3 seeds.
    private static let large = ScriptedGrid(
        arms: [
            "full", "lora-r1", "lora-r2", "lora-r4", "lora-r8", "lora-r16", "lora-r32", "dora-r8",
            "mora-r8", "vera", "pissa", "milora",
        ])

    @Test(arguments: cases) func matchesTheFile(_ screen: Case) throws {
        var model =
            screen.grid?.model(
                rows: screen.rows, columns: screen.columns, glyphs: screen.glyphs)
            ?? ScriptedRun().model(
                rows: screen.rows, columns: screen.columns, glyphs: screen.glyphs)
        model.judge()
        for key in screen.keys {
            _ = model.update(.key(key))
            model.judge()
        }
        let text = model.view().text + "\n"
        let file = fixture("screens/\(screen.name).txt")
        if ProcessInfo.processInfo.environment["LETHE_RECORD"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
}
