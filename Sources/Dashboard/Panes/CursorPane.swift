import RunEvents

/// Every arm's learning and forgetting at the evaluation nearest to the cursor.
struct CursorPane: Sendable, Equatable {
    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let (learn, forget) = (scene.learn.choice, scene.forget.choice)
        let lines = scene.shownArms.map { arm in
            let point = scene.reading(of: learn, arm: arm)
            return ArmTextTable.Line(
                arm: arm,
                cells: [
                    point.map { String($0.step) } ?? "-",
                    scene.text(of: learn, arm: arm, isSigned: false),
                    scene.text(of: forget, arm: arm, isSigned: forget == .forgetting),
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
