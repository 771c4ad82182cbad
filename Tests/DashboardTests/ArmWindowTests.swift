import RunEvents
import Testing

@testable import Dashboard

/// Panes tell which arms they show where not all fit, and why they are empty.
@Suite struct ArmWindowTests {
    private static let names = (1...12).map { "arm-\($0)" }

    private func screen(
        _ names: [String], rows: Int, columns: Int, keys: [Key] = []
    ) -> String {
        var model = ScriptedRun(armNames: names, steps: 40).model(rows: rows, columns: columns)
        for key in keys { _ = model.update(.key(key)) }
        return model.view().text
    }

    @Test func tableTellsWhichArmsItShows() {
        #expect(screen(Self.names, rows: 24, columns: 80).contains("arm 1-5 of 12"))
        let last = Array(repeating: Key.down, count: 11)
        let end = screen(Self.names, rows: 24, columns: 80, keys: last)
        #expect(end.contains("arm 8-12 of 12") && end.contains("arm-12") && !end.contains("arm-7"))
        #expect(!screen(["full", "lora"], rows: 24, columns: 80).contains(" of "))
    }

    @Test func cardsAndTextTablesTellIt() {
        let many = (1...60).map { "arm-\($0)" }
        let large = screen(many, rows: 60, columns: 200)
        #expect(large.contains("ARMS  1-47 of 60, code loss"))
        let table = screen(many, rows: 60, columns: 200, keys: ["v", "v"])
        #expect(table.contains("higher is better  1-"))
        #expect(!screen(Array(Self.names.prefix(2)), rows: 60, columns: 200).contains(" of 2"))
    }

    @Test func panesGrowForTwelveArms() {
        for (rows, columns) in [(60, 200), (48, 180)] {
            let text = screen(Self.names, rows: rows, columns: columns)
            #expect(!text.contains("ARMS  1-"))
            for name in Self.names { #expect(text.contains("\(name) ")) }
        }
        #expect(screen(Self.names, rows: 40, columns: 120).contains("arm 1-7 of 12"))
        // With the focus all twelve, and the charts stay.
        let toArms: [Key] = [.tab, .tab]
        let focused = screen(Self.names, rows: 40, columns: 120, keys: toArms + [.tab, .tab, .tab])
        #expect(!focused.contains("of 12") || !focused.contains("arm 1-"))
        #expect(focused.contains("arm-12") && focused.contains("FORGET"))
        let small = screen(Self.names, rows: 24, columns: 80, keys: toArms)
        #expect(small.contains("arm 1-10 of 12") && small.contains("FORGET"))
    }

    @Test func columnsWithoutRoomAreCounted() {
        var run = ScriptedRun()
        run.sourceTasks = ["arc_challenge", "hellaswag", "winogrande", "openbookqa", "boolq"]
        var model = run.model(rows: 24, columns: 60)
        // All but arm, state, step and the two measures.
        #expect(model.view().text.contains(" +5\n"))
        for key in ["v", "v"] as [Key] { _ = model.update(.key(key)) }
        let heading = model.view().text.split(separator: "\n").first { $0.contains("hellaswag") }
        #expect(heading?.hasSuffix(" +3") == true, "\(heading ?? "")")
    }

    @Test func tasksScrollSidewaysWhileTheyHaveTheFocus() {
        var run = ScriptedRun()
        run.sourceTasks = ["arc_challenge", "hellaswag", "winogrande", "openbookqa", "boolq"]
        var model = run.model(rows: 40, columns: 120)
        while model.focus != .tasks { _ = model.update(.key(.tab)) }
        let start = model.view()
        #expect(start.text.contains(" +4 ") && !start.text.contains("boolq"))
        _ = model.update(.key(.right))
        #expect(model.view().text.contains("arm 1+ "))
        #expect(model.scene.viewport.cursor == nil, "the charts' cursor stays away")
        _ = model.update(.key(.end))
        let end = model.view().text
        #expect(end.contains("boolq") && !end.contains("arc_challenge"))
        _ = model.update(.key(.right))
        #expect(model.view().text == end, "no farther than the last column")
        _ = model.update(.key(.left))
        #expect(model.view().text != end)
        _ = model.update(.key(.home))
        #expect(model.view() == start)
        _ = model.update(.key(.tab))
        _ = model.update(.key(.left))
        #expect(model.scene.viewport.cursor != nil)
    }

    @Test func whatIsMeasuredAtEndsStandsBehindTheOtherTasks() {
        var run = ScriptedRun()
        run.sourceTasks = ["facts"]
        var model = run.model(rows: 40, columns: 200)
        #expect(!model.view().text.contains("(final)"))
        for (task, metric) in [("facts (final)", "acc"), ("(final)", "retained_accuracy")] {
            let observation = Observation(
                arm: "full", step: 240, tokens: 1, seconds: 40, kind: .source, task: task,
                metric: metric, value: 0.125)
            _ = model.update(
                .event(StampedEvent(seconds: 200, event: .observed(observation))))
        }
        let lines = model.view().text.split(separator: "\n")
        let heading = lines.first { $0.contains("mean (final)") }
        #expect(heading?.contains("facts (final)") == true, "\(model.view().text)")
        #expect(lines.contains { $0.split(separator: " ").count { $0 == "0.125" } == 2 })
    }

    @Test func tasksAreNotWaitedForWhereThereAreNone() {
        var identity = ScriptedRun().identity
        identity.sourceTasks = []
        var model = DashboardModel(
            rows: 40, columns: 120, capabilities: .init(glyphs: .braille, hasColor: true))
        _ = model.update(.event(StampedEvent(seconds: 0, event: .started(identity))))
        #expect(model.view().text.contains("this study has no source tasks"))
    }
}
