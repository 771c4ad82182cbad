import RunEvents

/// Accuracy on every source task, for the base model and each arm, and their mean.
struct TasksPane: Sendable, Equatable {
    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let arms = scene.shownArms
        let mean = MetricChoice(kind: .source, metric: "retained_accuracy", task: nil)
        let choices =
            ([mean]
            + MetricChoice.forgetting(of: scene.history.identity).filter {
                $0.metric == "acc"
            }).filter(scene.history.has)
        let lines = arms.map { arm in
            ArmTextTable.Line(
                arm: arm, cells: choices.map { scene.text(of: $0, arm: arm, isSigned: false) })
        }
        let bases = choices.map { scene.history.base(of: $0).map(NumberText.value) ?? "-" }
        ArmTextTable(
            title: scene.title(
                "SOURCE TASKS", focus: nil, parts: ["accuracy, higher is better"],
                width: region.columns),
            headings: choices.map { $0 == mean ? "mean" : $0.task ?? "" },
            leading: ("base", bases), lines: choices.isEmpty ? [] : lines,
            emptyText: scene.history.identity?.sourceTasks == []
                ? "this study has no source tasks" : Scene.waiting
        ).draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
    }
}
