import RunEvents

/// The lines of the lists of arms, and what they show.
extension Scene {
    /// The lines that lists show: a line an arm in the chosen order, below an open one its trajectories.
    var rows: [ArmRow] {
        listed.value {
            let listed = ArmGroup.groups(of: history.arms.filter(selection.filter.lets))
            return ordered(listed.map { ArmRow($0, best: best(of: $0)) }).flatMap(opened)
        }
    }

    private func opened(_ row: ArmRow) -> [ArmRow] {
        guard row.isArm, selection.opened.contains(row.studyArm) else { return [row] }
        return [row] + row.trajectories.map { ArmRow($0, isNested: true) }
    }

    /// Whether any arm has several trajectories.
    var hasGrid: Bool { history.hasGrid }

    /// The lines of arms and trajectories that are not hidden.
    var shownRows: [ArmRow] { rows.filter(selection.isShown) }

    /// The selected line.
    var selectedRow: ArmRow? { rows.first(where: selection.isSelected) }

    /// The line's title, with a mark if the others are compared with it.
    func name(of row: ArmRow) -> String {
        let title = row.title(among: row.isNested ? history.trajectories(of: row.studyArm) : [])
        return title + (row.line == selection.pinned ? " " + String(glyphs.pinned) : "")
    }

    /// A line's number at the cursor, by the nearest evaluation; the newest without a cursor.
    ///
    /// An arm's is the mean over the seeds that stand for it.
    func reading(of choice: MetricChoice, row: ArmRow, atCursor: Bool = true) -> CurvePoint? {
        guard let curve = row.best.curve(of: choice) else { return nil }
        guard atCursor, let cursor = viewport.cursor else { return curve.latest }
        return curve.nearest(to: cursor, on: viewport.axis)
    }

    /// A reading as text; of the other lines its difference from the pinned one's.
    func text(
        of choice: MetricChoice, row: ArmRow, isSigned: Bool, atCursor: Bool = true
    ) -> String {
        guard let value = reading(of: choice, row: row, atCursor: atCursor)?.value else {
            return "-"
        }
        guard let pinned = pinnedRow, pinned.line != row.line else {
            return isSigned ? NumberText.signed(value) : NumberText.value(value)
        }
        guard let reference = reading(of: choice, row: pinned, atCursor: atCursor)?.value else {
            return "-"
        }
        return String(glyphs.delta) + NumberText.signed(value - reference)
    }

    /// What the others are compared with, listed or not.
    private var pinnedRow: ArmRow? {
        guard let line = selection.pinned else { return nil }
        let own = ArmGroup(trajectories: history.arms(of: line))
        return own.trajectories.isEmpty ? nil : ArmRow(own, best: best(of: own))
    }

    /// What a line's trajectories are doing: what is foremost of them.
    func standing(of row: ArmRow) -> (text: String, style: CellStyle) {
        let all = row.trajectories.map(standing)
        guard row.isArm else { return all[0] }
        let foremost = Self.standings.lazy.compactMap { text in all.first { $0.text == text } }
        guard let standing = foremost.first else { return all[0] }
        let count = all.count { $0.text == standing.text }
        let isPart = Self.counted.contains(standing.text) && count < all.count
        return (isPart ? "\(count) \(standing.text)" : standing.text, standing.style)
    }

    /// The foremost first.
    private static let standings =
        [ArmState.training, .evaluating, .diverged].map(\.rawValue) + [interrupted]
        + [ArmState.waiting, .paused, .stopped, .finished].map(\.rawValue)

    /// What an arm is not as a whole where a part of its trajectories is.
    private static let counted = [ArmState.diverged, .paused, .stopped].map(\.rawValue)
}

extension ArmRow {
    /// The newest commands to its trajectories: one that most of those share which are foremost, asked
    /// before refused before applied, with how many they are.
    var command: (text: String, state: CommandState)? {
        guard isArm else { return first.command.map { ($0.text, $0.state) } }
        let lives = trajectories.compactMap(\.command)
        let groups = Dictionary(grouping: lives, by: \.word)
        let foremost = groups.values.min {
            ($0[0].rank, -$0.count, $0[0].word) < ($1[0].rank, -$1.count, $1[0].word)
        }
        guard let foremost, let life = foremost.first else { return nil }
        return ("\(life.word) \(foremost.count)/\(trajectories.count)", life.state)
    }
}
