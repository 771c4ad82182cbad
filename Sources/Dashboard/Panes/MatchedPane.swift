import RunEvents

/// The arms at equal learning: what each had forgotten, and at which step, when its target loss
/// reached a level.
struct MatchedPane: Sendable, Equatable {
    /// Columns of a cell such as `+0.320 @1030`.
    private static let cellColumns = 14

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let arms = scene.shownArms
        let choice = scene.targetLoss
        let room = region.columns - 6 - ArmTextTable.nameColumns(arms, scene)
        let count = max(1, room / Self.cellColumns)
        let levels = Self.levels(count: count, scene: scene)
        let lines = arms.map { arm in
            let cells = levels.map { text(arm, level: $0, scene: scene) }
            return ArmTextTable.Line(arm: arm, cells: cells)
        }
        ArmTextTable(
            title: scene.title(
                "MATCHED", focus: nil,
                parts: ["\(scene.forget.choice.heading) at equal \(choice.title)"],
                width: region.columns),
            headings: levels.map { NumberText.value($0) },
            lines: levels.isEmpty ? [] : lines,
            emptyText: scene.history.has(choice)
                ? "no arm is better than the base yet" : Scene.waiting
        ).draw(in: region, isFramed: isFramed, on: &grid, scene: scene)
    }

    /// Levels of the target loss to compare at: the selected arm's at the cursor, then the lowest
    /// one that all arms which improved at all have reached, then round parts of the way there.
    static func levels(count: Int, scene: Scene) -> [Double] {
        let choice = scene.targetLoss
        var levels: [Double] = []
        if scene.viewport.cursor != nil, let arm = scene.selectedArm,
            let value = scene.reading(of: choice, arm: arm)?.value
        {
            levels.append(value)
        }
        guard let base = scene.history.bases(of: choice).min() else { return levels }
        let improved = scene.shownArms.filter { arm in
            arm.series(of: choice)?.points.contains { $0.value < base } == true
        }
        guard let common = commonLevel(of: improved, choice) else { return levels }
        let missing = max(0, count - levels.count)
        for part in [1, 0.75, 0.5].prefix(missing) {
            levels.append(part == 1 ? common : base - (base - common) * part)
        }
        return levels.sorted(by: >)
    }

    /// The lowest loss that all of `arms` have reached.
    static func commonLevel(of arms: [ArmRecord], _ loss: MetricChoice) -> Double? {
        arms.compactMap { points(of: loss, $0).map(\.value).min() }.max()
    }

    private func text(_ arm: ArmRecord, level: Double, scene: Scene) -> String {
        let loss = Self.points(of: scene.targetLoss, arm)
        guard let reach = loss.firstReach(of: level) else { return "not yet" }
        let choice = scene.forget.choice
        let value = Self.points(of: choice, arm).value(atStep: reach.step).map {
            choice == .forgetting ? NumberText.signed($0) : NumberText.value($0)
        }
        return "\(value ?? "-") @\(NumberText.fixed(reach.step, decimals: 0))"
    }

    private static func points(of choice: MetricChoice, _ arm: ArmRecord) -> [CurvePoint] {
        (arm.series(of: choice)?.points ?? []).finite
    }
}
