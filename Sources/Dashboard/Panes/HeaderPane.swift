import RunEvents

/// The line at the top: what runs, how far it is, what is being done right now.
///
/// Of several runs it is about the one that the selected arm belongs to.
struct HeaderPane: Sendable, Equatable {
    /// Draws as many fields as fit, the most important first; a line never wraps.
    func draw(in region: Region, on grid: inout CellGrid, scene: Scene) {
        var line = StyledText(region.columns >= 40 ? " " : "")
        for forms in region.columns < 40 ? narrowFields(scene) : fields(scene) {
            let gap = line.width > 1 ? "  " : ""
            let room = region.columns - line.width - gap.count
            guard let field = forms.first(where: { $0.width <= room }) else { break }
            line.append(gap)
            line.append(field)
        }
        grid.write(line, row: region.row, column: region.column, limit: region.columns)
    }

    /// The fields, each in its forms from long to short.
    private func fields(_ scene: Scene) -> [[StyledText]] {
        let run = scene.history.runs[scene.run]
        var fields = [[StyledText(name(run), CellStyle(.accent, bold: true))]]
        if scene.history.runs.count > 1 {
            let text = "run \(scene.run + 1) of \(scene.history.runs.count)"
            fields.append([StyledText(text, CellStyle(.standard, bold: true))])
        }
        fields.append([state(scene)])
        if scene.history.differ {
            fields.append([StyledText("! runs differ", CellStyle(.alert, bold: true))])
        }
        if let percent = percent(scene) {
            let steps = scene.history.steps(of: scene.run)
            var text = StyledText("step \(steps.done)/\(steps.planned) ")
            text.append(percent)
            fields.append([text])
        }
        fields.append([StyledText(NumberText.duration(scene.elapsed))])
        if let eta = eta(scene) { fields.append([StyledText("eta " + NumberText.duration(eta))]) }
        let activity = Self.activity(scene)
        if !activity.isEmpty { fields.append(activity.map { StyledText($0) }) }
        return fields + remarks(scene)
    }

    private func remarks(_ scene: Scene) -> [[StyledText]] {
        let run = scene.history.runs[scene.run]
        let tokens = scene.history.arms(of: scene.run).map(\.tokens).saturatingSum
        let texts = [
            tokens > 0 ? NumberText.count(Double(tokens)) + " tok" : nil,
            run.identity.map { "base " + $0.base }, run.identity?.run,
        ]
        return texts.compactMap { $0 }.map { [StyledText($0, CellStyle(.dim))] }
    }

    private func narrowFields(_ scene: Scene) -> [[StyledText]] {
        let name = scene.history.runs[scene.run].identity?.study ?? "lethe"
        let fields = [
            StyledText(name, CellStyle(.accent, bold: true)), percent(scene), state(scene),
            StyledText(NumberText.duration(scene.elapsed)),
        ]
        return fields.compactMap { $0 }.map { [$0] }
    }

    /// Steps done over all arms as a share of those planned.
    private func percent(_ scene: Scene) -> StyledText? {
        let steps = scene.history.steps(of: scene.run)
        guard steps.planned > 0 else { return nil }
        let share = min(1, Double(steps.done) / Double(steps.planned))
        return StyledText(
            NumberText.fixed((share * 100).rounded(.down), decimals: 0) + "%",
            CellStyle(.standard, bold: true))
    }

    private func name(_ run: RunRecord) -> String {
        run.identity.map { "lethe " + $0.study } ?? "lethe"
    }

    private func state(_ scene: Scene) -> StyledText {
        let condition = scene.history.condition(of: scene.run)
        var text = condition.text(steps: scene.history.steps(of: scene.run).done)
        if scene.isStopping, condition.isAlive {
            text = StyledText("STOPPING", CellStyle(.warning, bold: true))
        }
        if scene.isReadOnly { text.append(" read-only", CellStyle(.dim)) }
        if scene.viewport.isFrozen { text.append(" FROZEN", CellStyle(.warning, bold: true)) }
        return text
    }

    /// What the trainer is doing, from long to short: `evaluating lora facts 40/200, 0:12 left`,
    /// `evaluating lora facts 40/200`, `lora facts 40/200`, `facts 40/200`; empty while it does
    /// nothing.
    static func activity(_ scene: Scene) -> [String] {
        let condition = scene.history.condition(of: scene.run)
        guard condition == .running || condition == .waiting,
            let progress = scene.history.runs[scene.run].progress
        else { return [] }
        let arm = progress.arm.map { scene.history.name(of: $0, run: scene.run) }
        switch progress.phase {
        case .preparing(let what): return ["preparing " + what]
        case .training: return ["training" + (arm.map { " " + $0 } ?? "")]
        case .evaluating(let task, let done, let total):
            let whose = arm ?? "base"
            let what = "\(task) \(done)/\(total)"
            let texts = ["evaluating \(whose) \(what)", "\(whose) \(what)", what]
            let left = progress.secondsLeft.map { ", \(NumberText.duration($0)) left" }
            return (left.map { [texts[0] + $0] } ?? []) + texts
        }
    }

    private func eta(_ scene: Scene) -> Double? {
        guard scene.history.condition(of: scene.run) == .running else { return nil }
        return RunPace(
            arms: scene.history.arms(of: scene.run),
            evaluateEvery: scene.history.runs[scene.run].identity?.evaluateEvery ?? 1
        ).secondsLeft
    }
}

extension RunRecord.Condition {
    /// The condition in a word, with the steps done where that is where the run stopped.
    fileprivate func text(steps: Int) -> StyledText {
        switch self {
        case .waiting: StyledText("WAITING", CellStyle(.dim))
        case .running: StyledText("RUNNING", CellStyle(.good, bold: true))
        case .paused: StyledText("PAUSED", CellStyle(.warning, bold: true))
        case .interrupted: StyledText("INTERRUPTED @\(steps)", CellStyle(.warning, bold: true))
        case .completed: StyledText("COMPLETED", CellStyle(.good, bold: true))
        case .diverged: StyledText("DIVERGED", CellStyle(.alert, bold: true))
        case .failed: StyledText("FAILED", CellStyle(.alert, bold: true))
        }
    }
}
