import RunEvents

/// The lines that stand for the shown arms in a chart: a line for an arm of one trajectory; of an arm
/// with several a thin one each and, strong, the mean over seeds at its best rate with a band.
struct CurveLines {
    let choice: MetricChoice
    var smoothing = 0.0
    /// Whether of an arm with several trajectories the mean alone is drawn, where there is no room for more.
    var isMeanOnly = false
    let scene: Scene
    /// What the chart shows of the x axis, and in how many columns.
    let range: ClosedRange<Double>
    let columns: Int

    private var axis: XAxis { scene.viewport.axis }

    var lines: [ChartLine] { scene.shownGroups.flatMap(lines) }

    /// True if training losses stand in for evaluations that are still to come.
    var hasPreview: Bool { scene.shownArms.contains { !preview(of: $0).isEmpty } }

    private func lines(of group: ArmGroup) -> [ChartLine] {
        guard group.trajectories.count > 1 else {
            return [line(of: group.trajectories[0])].compactMap { $0 }
        }
        let strong = strongLine(of: group)
        if isMeanOnly, let strong { return [strong] }
        var lines = group.trajectories.compactMap { line(of: $0) }
        for index in lines.indices {
            lines[index].pen.weight = .thin
            lines[index].pen.hasMarkers = false
            lines[index].pen.isLettered = false
            if choice.isDense { lines[index].raw = [] }
            lines[index].hasLetter = strong == nil && index == 0
        }
        return lines + [strong].compactMap { $0 }
    }

    /// The mean over seeds at the arm's best rate, and the band of these seeds.
    private func strongLine(of group: ArmGroup) -> ChartLine? {
        let best = scene.best(of: group)
        guard let mean = best.curve(of: choice), !mean.isEmpty else { return nil }
        let priority = group.trajectories.map(scene.selection.priority).max() ?? 0
        var pen = pen(of: group.trajectories[0], priority: priority, points: mean.points)
        pen.weight = .strong
        return ChartLine(
            pen: pen, points: positions(of: smoothed(mean.points)), band: band(of: best))
    }

    /// At the points that all seeds have.
    private func band(of group: ArmGroup) -> [(x: Double, low: Double, high: Double)] {
        guard group.trajectories.count > 1, !isMeanOnly else { return [] }
        let curves = group.trajectories.map { smoothed($0.series(of: choice)?.points ?? []) }
        return SeedBand.met(curves).compactMap { points in
            SeedBand.ends(of: points.map(\.value)).map { ends in
                let x = points.reduce(0) { $0 + axis.position(of: $1) } / Double(points.count)
                return (x, ends.low, ends.high)
            }
        }
    }

    private func line(of arm: ArmRecord) -> ChartLine? {
        let points = arm.series(of: choice)?.points ?? []
        let preview = preview(of: arm)
        guard !points.isEmpty || !preview.isEmpty else { return nil }
        let pen = pen(of: arm, priority: scene.selection.priority(of: arm), points: points)
        let raw = !preview.isEmpty ? preview : smoothing > 0 ? points : []
        return ChartLine(
            pen: pen, points: positions(of: smoothed(points)), raw: positions(of: raw))
    }

    private func pen(
        of arm: ArmRecord, priority: Int, points: [CurvePoint]
    ) -> DotCanvas.Pen {
        let visible = points.count { range.contains(axis.position(of: $0)) }
        return DotCanvas.Pen(
            color: .arm(arm.index), letter: arm.letter, priority: priority,
            hasMarkers: visible * 3 <= columns, isLettered: scene.needsLetters)
    }

    /// The training losses of an arm whose loss has not been evaluated since the start, so that
    /// something moves at once.
    private func preview(of arm: ArmRecord) -> [CurvePoint] {
        guard choice.kind == .target, choice.metric == MetricChoice.trainLoss.metric,
            arm.series(of: choice)?.points.contains(where: { $0.step > 0 }) != true
        else { return [] }
        return arm.series(of: .trainLoss)?.points ?? []
    }

    private func smoothed(_ points: [CurvePoint]) -> [CurvePoint] {
        guard smoothing > 0 else { return points }
        return Smoothing.smoothed(
            points, strength: smoothing, unit: max(1, Double(scene.history.plannedSteps) / 200))
    }

    private func positions(of points: [CurvePoint]) -> [(x: Double, y: Double)] {
        points.map { (axis.position(of: $0), $0.value) }
    }
}
