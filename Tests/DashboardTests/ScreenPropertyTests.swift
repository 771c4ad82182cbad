import RunEvents
import Testing

@testable import Dashboard

/// What holds on every screen, whatever the size and whatever the run.
@Suite struct ScreenPropertyTests {
    private static let sizes = [
        (0, 0), (1, 1), (2, 7), (5, 20), (10, 40), (15, 59), (16, 60), (24, 80), (10, 500),
        (32, 110), (48, 180),
    ]

    private static let views: [[Key]] = [
        [], ["v"], ["v", "v"], ["?"], ["q"], ["o"], ["i"], ["L"], ["S"], ["s", "s", "s"],
        ["/", "1"], ["/", "!", "~"], [.left, .shiftLeft],
        ["x"], ["x", "x", .left, "+", "+", "+", "+", "+", "+", "+", "+", "+"], ["m", "m", "m"],
        [.tab], ["+", "+"],
    ]

    /// Runs that are not like the usual one.
    private static func oddRuns() -> [[StampedEvent]] {
        let odd: [(Int) -> Double] = [
            { _ in .nan }, { _ in 5 }, { Double($0) * 1e300 }, { Double($0) * 1e-300 },
            { $0 == 2 ? .infinity : -1e-7 },
        ]
        let runs = odd.map { value in
            (0..<4).flatMap { step in
                [(ObservationKind.target, "loss"), (.source, "forgetting"), (.train, "loss")].map {
                    StampedEvent(
                        seconds: Double(step),
                        event: .observed(
                            Observation(
                                arm: "a\u{301}\u{1F600}日本語の長い名前\u{7}x", step: step * 10,
                                tokens: step, seconds: 0, kind: $0.0, task: "t", metric: $0.1,
                                value: value(step))))
                }
            }
        }
        let numbers = [Int.max, .min, 0, 7]
        let times = [
            1e300, -.infinity, .nan, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e17,
        ]
        let claims = times.map { time in
            numbers.enumerated().flatMap { index, number in
                [
                    StampedEvent(
                        seconds: time,
                        event: .observed(
                            Observation(
                                arm: "arm \(index % 2)", step: number, tokens: number,
                                seconds: time,
                                kind: .target, metric: "loss", value: Double(index)))),
                    StampedEvent(
                        seconds: time,
                        event: .checkpointSaved(
                            arm: "arm \(index)", step: number, path: "", bytes: number)),
                ]
            }
        }
        let names = (0..<40).map { "arm-with-a-rather-long-name-\($0)" }
        return runs + claims + [
            [], ScriptedRun(steps: 0).events, ScriptedRun(armNames: names, steps: 20).events,
        ]
    }

    @Test func everyScreenIsDrawnAtEverySize() {
        for events in Self.oddRuns() {
            for glyphs in [ScreenCapabilities.Glyphs.braille, .ascii] {
                var model = DashboardModel(
                    rows: 24, columns: 80, capabilities: .init(glyphs: glyphs, hasColor: false))
                for event in events { _ = model.update(.event(event)) }
                let views = Self.views.prefix(glyphs == .ascii || events.count > 1000 ? 2 : 20)
                for (rows, columns) in Self.sizes {
                    for keys in views { check(model, rows, columns, glyphs, keys) }
                }
            }
        }
    }

    private func check(
        _ start: DashboardModel, _ rows: Int, _ columns: Int,
        _ glyphs: ScreenCapabilities.Glyphs, _ keys: [Key]
    ) {
        var model = start
        _ = model.update(.resize(rows: rows, columns: columns))
        for key in keys { _ = model.update(.key(key)) }
        let grid = model.view()
        #expect(grid.cells.count == rows * columns)
        let text = String(String.UnicodeScalarView(grid.cells.map(\.scalar)))
        #expect(DisplayText.narrow(text).count == grid.cells.count)
        if glyphs == .ascii { #expect(text.unicodeScalars.allSatisfy { $0.isASCII }) }
        if rows > 0, columns >= 7 { #expect(text.contains { $0 != " " }) }
    }

    @Test func emptyScreensSayWhatTheyWaitFor() {
        for (rows, columns) in [(24, 80), (40, 120), (60, 200)] {
            let model = DashboardModel(
                rows: rows, columns: columns, capabilities: .init(glyphs: .braille, hasColor: true))
            #expect(model.view().text.contains("waiting for the first evaluation"))
        }
    }

    @Test(arguments: [3, 6, 12]) func everyLetterStandsInBothCharts(_ count: Int) {
        let run = ScriptedRun(armNames: (0..<count).map { "arm\($0)" }, steps: 60)
        let model = run.model(rows: 24, columns: 80)
        let grid = model.view()
        let lines = grid.text.split(separator: "\n", omittingEmptySubsequences: false)
        let split = lines.firstIndex { $0.contains("FORGET") } ?? 0
        var history = RunHistory()
        for event in run.events { history.apply(event) }
        for arm in history.arms {
            let letter = Character(arm.letter)
            #expect(lines[2..<split].contains { $0.dropFirst(8).contains(letter) })
            #expect(lines[(split + 1)..<(split + 7)].contains { $0.dropFirst(8).contains(letter) })
        }
    }

    @Test(arguments: [Layout.View.curves, .plane, .table], [1, 3, 40])
    func panesDoNotOverlap(_ view: Layout.View, _ armCount: Int) {
        for (rows, columns) in Self.sizes {
            for hasCursor in [false, true] {
                let layout = Layout(
                    rows: rows, columns: columns,
                    content: .init(
                        view: view, armCount: armCount, showsForget: false, hasCursor: hasCursor))
                var taken = Array(repeating: 0, count: rows * columns)
                for region in layout.panes where !region.isEmpty {
                    #expect(region.row >= 0 && region.endRow <= rows)
                    #expect(region.column >= 0 && region.endColumn <= columns)
                    for row in region.row..<region.endRow {
                        for column in region.column..<region.endColumn {
                            taken[row * columns + column] += 1
                        }
                    }
                }
                #expect(taken.allSatisfy { $0 <= 1 }, "\(rows)x\(columns) \(view)")
            }
        }
    }

    @Test func panesStayInTheirRegion() {
        var history = RunHistory()
        var arms = ArmsPane()
        var curves = CurvesPane()
        for event in ScriptedRun().events { history.apply(event) }
        arms.adopt(history)
        curves.adopt(history)
        let scene = Scene(
            history: history, run: 0, glyphs: GlyphSet(.braille), selection: arms.selection,
            viewport: curves.viewport, learn: curves.learn, forget: curves.forget, focus: .learn,
            elapsed: 1, isReadOnly: false, isStopping: false)
        for (rows, columns) in [(1, 1), (2, 9), (3, 12), (7, 30), (20, 90)] {
            let region = Region(row: 5, column: 5, rows: rows, columns: columns)
            for draw in Self.drawings(arms, curves) {
                var grid = CellGrid(rows: 40, columns: 120)
                draw(region, &grid, scene)
                for row in 0..<40 {
                    for column in 0..<120 where grid[row, column] != .blank {
                        #expect(row >= 5 && row < region.endRow)
                        #expect(column >= 5 && column < region.endColumn)
                    }
                }
            }
        }
    }

    private static func drawings(
        _ arms: ArmsPane, _ curves: CurvesPane
    ) -> [(Region, inout CellGrid, Scene) -> Void] {
        [
            { HeaderPane().draw(in: $0, on: &$1, scene: $2) },
            { EventsPane().draw(in: $0, isFramed: true, on: &$1, scene: $2) },
            { EventsPane().draw(in: $0, isFramed: false, on: &$1, scene: $2) },
            { PlanePane().draw(in: $0, isFramed: true, on: &$1, scene: $2) },
            { PlanePane().draw(in: $0, isFramed: false, on: &$1, scene: $2) },
            { LevelsPane().draw(in: $0, isFramed: true, on: &$1, scene: $2) },
            { CursorPane().draw(in: $0, isFramed: false, on: &$1, scene: $2) },
            { TasksPane().draw(in: $0, isFramed: true, on: &$1, scene: $2) },
            { RatesPane().draw(in: $0, on: &$1, scene: $2) },
            { StatusPane().draw(in: $0, arms: arms, on: &$1, scene: $2) },
            { ArmCards(pane: arms, scene: $2).draw(in: $0, on: &$1) },
            {
                ArmsTable(pane: arms, scene: $2, readsCursor: true).draw(
                    in: $0, hasHeading: true, on: &$1)
            },
            { Overlay.help(HelpOverlay()).draw(in: $0, on: &$1, scene: $2) },
            { Overlay.quit(QuitDialog()).draw(in: $0, on: &$1, scene: $2) },
            { region, grid, scene in
                HintBar().draw(
                    in: region, bindings: KeyTable.bar(in: .main, canTrain: true), on: &grid,
                    scene: scene)
            },
            { region, grid, scene in
                let curveRegions = Layout.Curves(
                    learn: region,
                    ruler: Region(
                        row: region.row, column: region.column, rows: 0, columns: region.columns))
                curves.draw(curveRegions, on: &grid, scene: scene)
            },
        ]
    }
}
