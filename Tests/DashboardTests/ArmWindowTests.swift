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
        #expect(screen(Self.names, rows: 24, columns: 80).contains("arm 1-4 of 12"))
        let last = Array(repeating: Key.down, count: 11)
        let end = screen(Self.names, rows: 24, columns: 80, keys: last)
        #expect(end.contains("arm 9-12 of 12") && end.contains("arm-12") && !end.contains("arm-8"))
        #expect(!screen(["full", "lora"], rows: 24, columns: 80).contains(" of "))
    }

    @Test func cardsAndTextTablesTellIt() {
        let large = screen(Self.names, rows: 60, columns: 200)
        #expect(large.contains("ARMS  1-5 of 12"))
        #expect(large.contains("forgetting at equal code loss  1-9 of 12"))
        #expect(!screen(Array(Self.names.prefix(2)), rows: 60, columns: 200).contains(" of 2"))
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
