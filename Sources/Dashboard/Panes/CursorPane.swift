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

    private func title(_ scene: Scene) -> String {
        guard let cursor = scene.viewport.cursor else { return "NOW" }
        return "CURSOR  \(scene.viewport.axis.rawValue) \(scene.viewport.axis.text(cursor))"
    }
}
