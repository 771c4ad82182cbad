import RunEvents

/// The learning and forgetting of every arm, and of an open one's trajectories, at the evaluation nearest
/// to the cursor.
struct CursorPane: Sendable, Equatable {
    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let (learn, forget) = (scene.learn.choice, scene.forget.choice)
        let lines = scene.shownRows.map { row in
            let point = scene.reading(of: learn, row: row)
            return ArmTextTable.Line(
                row: row,
                cells: [
                    point.map { String($0.step) } ?? "-",
                    scene.text(of: learn, row: row, isSigned: false),
                    scene.text(of: forget, row: row, isSigned: forget == .forgetting),
                ])
        }
        ArmTextTable(
            title: scene.title(title(scene), focus: nil),
            headings: ["step", learn.heading, forget.heading],
            lines: lines
        ).draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
    }

    /// What is read: the step of the evaluation under the cursor, and the cursor's place where the
    /// axis counts something else.
    private func title(_ scene: Scene) -> String {
        let viewport = scene.viewport
        guard let cursor = viewport.cursor else { return "NOW" }
        let place = "\(viewport.axis.rawValue) \(viewport.axis.text(cursor))"
        guard viewport.axis != .step, let step = scene.stepUnderCursor else {
            return "CURSOR  " + place
        }
        return "CURSOR  step \(step), " + place
    }
}
