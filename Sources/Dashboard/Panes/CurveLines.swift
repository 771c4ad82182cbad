import RunEvents

/// The lines that stand for the shown arms in a chart: a line an arm; of an arm with several seeds
/// a faint one each and, strong, their mean.
struct CurveLines {
    let choice: MetricChoice
    var smoothing = 0.0
    let scene: Scene
    /// What the chart shows of the x axis, and in how many columns.
    let range: ClosedRange<Double>
    let columns: Int

    private var axis: XAxis { scene.viewport.axis }

    var lines: [ChartLine] { scene.shownGroups.flatMap(lines) }

    /// True if training losses stand in for evaluations that are still to come.
    var hasPreview: Bool { scene.shownArms.contains { !preview(of: $0).isEmpty } }

    private func lines(of group: ArmGroup) -> [ChartLine] {
        guard group.seeds.count > 1 else {
            return [line(of: group.seeds[0])].compactMap { $0 }
        }
        let mean = group.curve(of: choice).flatMap { $0.points.isEmpty ? nil : $0 }
        var lines = group.seeds.compactMap { line(of: $0) }
        for index in lines.indices {
            lines[index].pen.isFaint = true
            lines[index].pen.hasMarkers = false
            lines[index].pen.isLettered = false
            if choice.isDense { lines[index].raw = [] }
            lines[index].hasLetter = mean == nil && index == 0
        }
        guard let mean else { return lines }
        let strong = group.seeds.map(scene.selection.priority).max() ?? 0
        var pen = pen(of: group.seeds[0], priority: strong, points: mean.points)
        pen.isBold = true
        return lines + [ChartLine(pen: pen, points: positions(of: smoothed(mean.points)))]
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
