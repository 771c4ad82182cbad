import RunEvents

/// What the panes read, but only one of them owns.
struct Scene {
    let history: RunHistory
    /// The run that the selected arm belongs to.
    let run: Int
    let glyphs: GlyphSet
    /// False on a terminal without colours.
    var hasColor = true
    let selection: ArmSelection
    let viewport: Viewport
    let learn: ChartSettings
    let forget: ChartSettings
    var verdict = VerdictReading.waiting
    /// What is asked of the verdict now; the one that is shown may answer another question.
    var question = VerdictQuestion()
    /// Whether a verdict that answers it is being made.
    var isJudging = false
    /// The budget that was typed for what the verdict weighs.
    var typedBudget: Double?
    let focus: Focus
    /// Seconds of the run by now.
    let elapsed: Double
    let isReadOnly: Bool
    /// True once a graceful stop was asked for.
    let isStopping: Bool

    /// What a pane shows that has nothing to show yet.
    static let waiting = "waiting for the first evaluation"

    /// The lists below, which are made once for all panes of a frame.
    let listed = Once<[ArmRow]>()
    private let shown = Once<[ArmRecord]>()
    private let groups = Once<[ArmGroup]>()
    private let bests = Once<[String: ArmGroup]>()

    /// The trajectories that are neither hidden nor kept out, in the order of the study.
    var shownArms: [ArmRecord] { shown.value { history.arms.filter(selection.isShown) } }

    /// The arms that charts draw, in the order of the study whatever the order of the tables.
    var shownGroups: [ArmGroup] {
        groups.value { ArmGroup.groups(of: shownArms.sorted { $0.index < $1.index }) }
    }

    /// True where hues alone do not tell the lines of a chart apart.
    var needsLetters: Bool { !hasColor || shownGroups.count > Self.distinctHues }

    /// Hues that every terminal with colours has.
    private static let distinctHues = 6

    /// The first trajectory of an arm of a verdict.
    func record(ofJudged name: String) -> ArmRecord? {
        history.arms.first { $0.judgedName == name }
    }

    /// The trajectories that stand for an arm.
    ///
    /// Of the shown ones it is kept: a group of as many trajectories of an arm as are shown is that one, for
    /// every other has those too.
    func best(of group: ArmGroup) -> ArmGroup {
        let arm = group.trajectories[0].studyArm
        guard let shown = shownGroups.first(where: { $0.trajectories[0].studyArm == arm }),
            shown.trajectories.count == group.trajectories.count, let best = shownBests[arm]
        else { return group.best(by: verdict.told, loss: targetLoss) }
        return best
    }

    private var shownBests: [String: ArmGroup] {
        bests.value {
            let all = shownGroups.map { group in
                (group.trajectories[0].studyArm, group.best(by: verdict.told, loss: targetLoss))
            }
            return Dictionary(all) { first, _ in first }
        }
    }

    static let interrupted = "interrupted"

    /// What a trajectory is doing: its state, or that its run was broken off before its end; none trains
    /// while the run only prepares to go on.
    func standing(of arm: ArmRecord) -> (text: String, style: CellStyle) {
        let condition = history.condition(of: arm.run)
        guard condition.isAlive || arm.state.isFinal || arm.state == .paused else {
            return (Self.interrupted, CellStyle(.warning))
        }
        let state = condition == .waiting && arm.state.hasTurn ? .waiting : arm.state
        return (state.rawValue, state.style)
    }

    /// The style of an arm's letter and curve.
    func style(of arm: ArmRecord) -> CellStyle { CellStyle(.arm(arm.index), bold: true) }

    /// The loss that learning is measured by, of the task that the learning chart is about.
    var targetLoss: MetricChoice {
        let named = MetricChoice.learning(of: history.identity).first?.task
        let shown = learn.choice
        return MetricChoice(.targetLoss, task: shown.kind == .target ? shown.task : named)
    }

    /// A pane's title, reversed if the pane has the focus, with as many of `parts` after it as fit
    /// into the edge of a pane of `width` columns; the first is cut rather than left out.
    func title(
        _ text: String, focus: Focus?, parts: [String] = [], width: Int = .max
    ) -> StyledText {
        let isFocused = focus != nil && focus == self.focus
        var title = StyledText(text, CellStyle(.accent, bold: true, reversed: isFocused))
        for (index, part) in parts.enumerated() where !part.isEmpty {
            let joined = (index == 0 ? "  " : ", ") + part
            guard !title.extend(by: joined, width: width) else { continue }
            if index == 0 {
                title.extend(
                    by: DisplayText.fitted(
                        joined, width: width - 6 - title.width, ellipsis: glyphs.ellipsis),
                    width: width)
            }
            break
        }
        return title
    }

    /// An arm's number at the cursor, by the nearest evaluation; the newest without a cursor.
    func reading(
        of choice: MetricChoice, arm: ArmRecord, atCursor: Bool = true
    ) -> CurvePoint? {
        guard let series = arm.series(of: choice) else { return nil }
        guard atCursor, let cursor = viewport.cursor else { return series.latest }
        return series.nearest(to: cursor, on: viewport.axis)
    }

    /// The step of the evaluation that is nearest to the cursor.
    var stepUnderCursor: Int? {
        guard let cursor = viewport.cursor else { return nil }
        let readings = [learn.choice, forget.choice].flatMap { choice in
            shownArms.compactMap { reading(of: choice, arm: $0) }
        }
        return readings.min {
            abs(viewport.axis.position(of: $0) - cursor)
                < abs(viewport.axis.position(of: $1) - cursor)
        }?.step
    }
}

/// The pane that pane-wise keys act on.
enum Focus: CaseIterable, Sendable {
    case learn, forget, plane, verdict, tasks, arms, events
}
