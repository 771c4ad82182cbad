import RunEvents

/// Accuracy on every source task, for the base model and each arm, and their mean; behind them those of
/// the items that are measured at ends.
struct TasksPane: Sendable, Equatable {
    /// Columns that are scrolled away to the left.
    private(set) var start = 0

    /// Scrolls sideways; whether the action is one that does.
    mutating func handle(_ action: Action, in region: Region, isFramed: Bool, scene: Scene) -> Bool
    {
        let last = table(scene, width: region.columns)
            .lastStart(width: region.columns, isFramed: isFramed, scene: scene)
        let before = min(start, last)
        switch action {
        case .cursorLeft: start = before - 1
        case .cursorRight: start = before + 1
        case .cursorFarLeft: start = before - 5
        case .cursorFarRight: start = before + 5
        case .cursorHome: start = 0
        case .cursorEnd: start = last
        default: return false
        }
        start = min(max(0, start), last)
        return true
    }

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        var table = table(scene, width: region.columns)
        let last = table.lastStart(width: region.columns, isFramed: isFramed, scene: scene)
        table.start = min(start, last)
        table.draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
    }

    private func table(_ scene: Scene, width: Int) -> ArmTextTable {
        let choices = Self.choices(scene)
        let lines = scene.shownRows.map { row in
            ArmTextTable.Line(
                row: row, cells: choices.map { scene.text(of: $0, row: row, isSigned: false) })
        }
        return ArmTextTable(
            title: scene.title(
                "SOURCE TASKS", focus: .tasks, parts: ["accuracy", "higher is better"],
                width: width),
            headings: choices.map(Self.heading),
            leading: bases(of: choices, scene), lines: choices.isEmpty ? [] : lines,
            emptyText: scene.history.identity?.sourceTasks == []
                ? "this study has no source tasks" : Scene.waiting)
    }

    private static func choices(_ scene: Scene) -> [MetricChoice] {
        let ofTasks = MetricChoice.forgetting(of: scene.history.identity).filter {
            $0.definition == .accuracy
        }
        let choices = [MetricChoice(.retainedAccuracy)] + ofTasks
        return (choices + choices.map(\.atEnds)).filter(scene.history.has)
    }

    private static func heading(_ choice: MetricChoice) -> String {
        let mean = choice.definition == .retainedAccuracy ? "mean" : nil
        return [mean, choice.task].compactMap { $0 }.joined(separator: " ")
    }

    /// The base model's scores; of runs whose bases score differently, a line each.
    private func bases(
        of choices: [MetricChoice], _ scene: Scene
    ) -> [(name: String, cells: [String])] {
        let rows = scene.history.runs.indices.map { run in
            choices.map { scene.history.base(of: $0, run: run).map(NumberText.value) ?? "-" }
        }
        if Set(rows).count == 1 { return [("base", rows[0])] }
        return rows.enumerated().map { ("\($0 + 1)/base", $1) }
    }
}
