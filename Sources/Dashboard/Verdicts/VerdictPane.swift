import Verdicts

/// What the runs on the screen decide, beside the charts: as many of the surest sentences as fit.
struct VerdictPane: Sendable, Equatable {
    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let area = Self.frame(region, isFramed: isFramed, on: &grid, scene: scene)
        guard let text = Self.text(scene, width: area.columns) else {
            return grid.note(Scene.waiting, in: area)
        }
        text.draw(in: area, hint: "v", on: &grid)
    }

    /// The verdict in lines of a width, or why there is none; nil while it is waited for.
    static func text(_ scene: Scene, width: Int) -> VerdictText? {
        switch scene.verdict {
        case .waiting where scene.history.identity != nil && !scene.history.canBeJudged:
            VerdictText(
                reason: VerdictError.nothingToCompare(
                    arms: Array(Set(scene.history.arms.map(\.judgedName)))
                ).description, width: width)
        case .waiting: nil
        case .made(let told): VerdictText(told, width: width, scene: scene)
        case .impossible(let reason): VerdictText(reason: reason, width: width)
        }
    }

    /// Draws the pane's edge.
    ///
    /// - Returns: What is left within it.
    static func frame(
        _ region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene
    ) -> Region {
        let title = scene.title(
            "VERDICT", focus: .verdict, parts: parts(scene), width: region.columns)
        if isFramed {
            grid.frame(region, title: title, glyphs: scene.glyphs)
        } else {
            grid.rule(region, title: title, glyphs: scene.glyphs, joins: false)
        }
        return area(in: region, isFramed: isFramed)
    }

    /// What a pane's edge leaves of it.
    static func area(in region: Region, isFramed: Bool) -> Region {
        if isFramed { return region.inset(rows: 1, columns: 2) }
        var area = region
        _ = area.takeTop(1)
        return area
    }

    private static func parts(_ scene: Scene) -> [String] {
        let anew = scene.isJudging ? "being made anew" : ""
        guard let verdict = scene.verdict.verdict else { return [anew] }
        let place = verdict.level.map { "at \(verdict.learned.name) \(NumberText.value($0))" }
        return [
            "\(verdict.forgotten.name) \(place ?? "at equal \(verdict.learned.name)")",
            verdict.isFinal ? "" : "so far", anew,
        ]
    }
}
