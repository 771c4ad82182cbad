import RunEvents
import Testing

@testable import Dashboard

/// The training loss stands in until the loss has been evaluated.
@Suite struct PreviewTests {
    private func model(steps: Int) -> DashboardModel {
        ScriptedRun(armNames: ["full"], steps: steps).model(rows: 24, columns: 80)
    }

    private func faintCells(_ model: DashboardModel) -> Int {
        let grid = model.view()
        return (2..<9).reduce(0) { count, row in
            count + (8..<80).count { grid[row, $0].style == CellStyle(.arm(0), faint: true) }
        }
    }

    @Test func trainingLossIsDrawnFaintlyUntilTheFirstEvaluation() {
        #expect(faintCells(model(steps: 0)) == 0)
        let early = model(steps: 12)
        #expect(faintCells(early) > 5)
        #expect(early.view().text.contains("train loss until evaluated"))
        let later = model(steps: 20)
        #expect(faintCells(later) == 0)
        #expect(!later.view().text.contains("until evaluated"))
    }

    @Test func onlyTheLossHasAStandIn() {
        var model = model(steps: 12)
        _ = model.update(.key("m"))
        #expect(model.view().text.contains("bits per byte"))
        #expect(faintCells(model) == 0)
    }
}
