import RunEvents

/// Accuracy on every source task, for the base model and each arm, and their mean.
struct TasksPane: Sendable, Equatable {
    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let arms = scene.shownArms
        let mean = MetricChoice(.retainedAccuracy)
        let choices =
            ([mean]
            + MetricChoice.forgetting(of: scene.history.identity).filter {
                $0.definition == .accuracy
            }).filter(scene.history.has)
        let lines = arms.map { arm in
            ArmTextTable.Line(
                arm: arm, cells: choices.map { scene.text(of: $0, arm: arm, isSigned: false) })
        }
        ArmTextTable(
            title: scene.title(
                "SOURCE TASKS", focus: nil, parts: ["accuracy", "higher is better"],
                width: region.columns),
            headings: choices.map { $0 == mean ? "mean" : $0.task ?? "" },
            leading: bases(of: choices, scene), lines: choices.isEmpty ? [] : lines,
            emptyText: scene.history.identity?.sourceTasks == []
                ? "this study has no source tasks" : Scene.waiting
        ).draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
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
