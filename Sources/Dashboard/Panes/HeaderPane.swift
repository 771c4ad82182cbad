import RunEvents

/// The line at the top: what runs, how far it is, what is being done right now.
struct HeaderPane: Sendable, Equatable {
    /// Draws as many fields as fit, the most important first; a line never wraps.
    func draw(in region: Region, on grid: inout CellGrid, scene: Scene) {
        var line = StyledText(region.columns >= 40 ? " " : "")
        for field in fields(scene, isNarrow: region.columns < 40) {
            let gap = line.width > 1 ? "  " : ""
            guard line.width + gap.count + field.width <= region.columns else { break }
            line.append(gap)
            line.append(field)
        }
        grid.write(line, row: region.row, column: region.column, limit: region.columns)
    }

    private func fields(_ scene: Scene, isNarrow: Bool) -> [StyledText] {
        let history = scene.history
        if isNarrow { return narrowFields(scene) }
        var fields = [StyledText(name(history), CellStyle(.accent, bold: true))]
        fields.append(state(scene))
        if let percent = percent(history) {
            var text = StyledText("step \(history.steps.done)/\(history.steps.planned) ")
            text.append(percent)
            fields.append(text)
        }
        if let activity = Self.activity(history) { fields.append(StyledText(activity)) }
        fields.append(StyledText(NumberText.duration(scene.elapsed)))
        if let eta = eta(scene) { fields.append(StyledText("eta " + NumberText.duration(eta))) }
        let tokens = history.arms.map(\.tokens).saturatingSum
        if tokens > 0 {
            fields.append(StyledText(NumberText.count(Double(tokens)) + " tok", CellStyle(.dim)))
        }
        if let identity = history.identity {
            fields.append(StyledText("base " + identity.base, CellStyle(.dim)))
            fields.append(StyledText(identity.run, CellStyle(.dim)))
        }
        return fields
    }

    private func narrowFields(_ scene: Scene) -> [StyledText] {
        let name = scene.history.identity?.study ?? "lethe"
        return [StyledText(name, CellStyle(.accent, bold: true))]
            + [percent(scene.history)].compactMap { $0 }
            + [state(scene), StyledText(NumberText.duration(scene.elapsed))]
    }

    /// Steps done over all arms as a share of those planned.
    private func percent(_ history: RunHistory) -> StyledText? {
        let steps = history.steps
        guard steps.planned > 0 else { return nil }
        let share = min(1, Double(steps.done) / Double(steps.planned))
        return StyledText(
            NumberText.fixed((share * 100).rounded(.down), decimals: 0) + "%",
            CellStyle(.standard, bold: true))
    }

    private func name(_ history: RunHistory) -> String {
        history.identity.map { "lethe " + $0.study } ?? "lethe"
    }

    private func state(_ scene: Scene) -> StyledText {
        let history = scene.history
        var text: StyledText
        switch history.outcome {
        case .completed?: text = StyledText("COMPLETED", CellStyle(.good, bold: true))
        case .interrupted?: text = StyledText("INTERRUPTED", CellStyle(.warning, bold: true))
        case .diverged?: text = StyledText("DIVERGED", CellStyle(.alert, bold: true))
        case .failed?: text = StyledText("FAILED", CellStyle(.alert, bold: true))
        case nil where scene.isStopping:
            text = StyledText("STOPPING", CellStyle(.warning, bold: true))
        case nil where history.identity == nil: text = StyledText("WAITING", CellStyle(.dim))
        case nil: text = StyledText("RUNNING", CellStyle(.good, bold: true))
        }
        if scene.isReadOnly { text.append(" read-only", CellStyle(.dim)) }
        if scene.viewport.isFrozen { text.append(" FROZEN", CellStyle(.warning, bold: true)) }
        return text
    }

    /// What the trainer is doing: `training full`, `evaluating lora on facts 40/200`.
    static func activity(_ history: RunHistory) -> String? {
        guard let progress = history.progress, !history.hasEnded else { return nil }
        let arm = progress.arm.map { " " + $0 } ?? ""
        switch progress.phase {
        case .preparing(let what): return "preparing " + what
        case .training: return "training" + arm
        case .evaluating(let task, let done, let total):
            return "evaluating\(arm) \(task) \(done)/\(total)"
        }
    }

    /// Seconds left if the rest goes as fast as what is done.
    private func eta(_ scene: Scene) -> Double? {
        let steps = scene.history.steps
        guard !scene.history.hasEnded, steps.done > 0, steps.planned > steps.done else {
            return nil
        }
        return scene.elapsed * (Double(steps.planned) - Double(steps.done)) / Double(steps.done)
    }
}
