import RunEvents
import Testing

@testable import Dashboard

/// Alerts stay on the screen whatever else is told.
@Suite struct EventsPaneTests {
    private func model(rows: Int, columns: Int, alerts: Int) -> DashboardModel {
        var model = ScriptedRun().model(rows: rows, columns: columns)
        for number in 0..<alerts {
            tell(
                .notice(.init(level: .alert, arm: "full", step: 240, text: "alarm \(number)")),
                &model)
        }
        for step in 0..<40 {
            let text = "remark @\(300 + step)"
            tell(.notice(.init(level: .info, arm: "full", step: 300 + step, text: text)), &model)
        }
        return model
    }

    private func tell(_ event: RunEvent, _ model: inout DashboardModel) {
        _ = model.update(.event(StampedEvent(seconds: 140, event: event)))
    }

    @Test(arguments: [(24, 80), (40, 120), (60, 200)])
    func alertsAreNotPushedOut(rows: Int, columns: Int) {
        let text = model(rows: rows, columns: columns, alerts: 1).view().text
        #expect(text.contains("! alarm 0"))
        #expect(text.contains("remark @339"))
    }

    @Test func moreAlertsThanLinesAreCounted() {
        let text = model(rows: 40, columns: 120, alerts: 9).view().text
        #expect(text.contains("! alarm 8") && text.contains(", 9 alerts"))
        #expect(text.contains("remark @339"))
    }

    @Test func oneLineCountsThem() {
        let scene = model(rows: 24, columns: 80, alerts: 2).scene
        var grid = CellGrid(rows: 1, columns: 80)
        EventsPane().draw(
            in: Region(row: 0, column: 0, rows: 1, columns: 80), isFramed: false, on: &grid,
            scene: scene)
        #expect(grid.text.contains("! 2 alerts") && grid.text.contains("remark @339"))
    }

    @Test("checkpoints, which every turn ends with, push nothing out")
    func checkpoints() {
        var model = model(rows: 40, columns: 120, alerts: 0)
        tell(.checkpointSaved(arm: "full", step: 400, path: "p", bytes: 1), &model)
        #expect(model.view().text.contains("remark @339"))
        #expect(!model.view().text.contains("@400"))
    }

    @Test func wholeLogIsToldAsItCame() {
        var model = model(rows: 60, columns: 120, alerts: 1)
        _ = model.update(.key("o"))
        let lines = model.view().text.split(separator: "\n")
        let alert = lines.firstIndex { $0.contains("! alarm 0") } ?? 0
        #expect(lines[alert - 1].contains("remark @300"))
        #expect(lines[2].contains("remark @339"))
    }
}
