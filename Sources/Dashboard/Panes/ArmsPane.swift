/// The arms: which line is selected, which are open, shown, pinned, in which order they stand.
struct ArmsPane: Sendable, Equatable {
    private(set) var selection = ArmSelection()

    /// Selects the first arm as soon as there is one.
    mutating func adopt(_ history: RunHistory) {
        guard selection.selected == nil else { return }
        let first = history.arms.first(where: selection.filter.lets)
        selection.selected = first.map { line(of: $0, history) }
    }

    /// The line that a trajectory is listed in.
    private func line(of arm: ArmRecord, _ history: RunHistory) -> ArmLine {
        let listed = history.arms.count {
            $0.studyArm == arm.studyArm && selection.filter.lets($0)
        }
        let isOpen =
            selection.opened.contains(arm.studyArm)
            && selection.selected == .trajectory(arm.name)
        return listed > 1 && !isOpen ? .arm(arm.studyArm) : .trajectory(arm.name)
    }

    /// Does what the action asks of the arms, which are listed as `rows`; returns a message where
    /// that helps.
    mutating func handle(_ action: Action, rows: [ArmRow], page: Int) -> String? {
        select(by: 0, rows)
        switch action {
        case .up: select(by: -1, rows)
        case .down: select(by: 1, rows)
        case .pageUp: select(by: -max(1, page), rows)
        case .pageDown: select(by: max(1, page), rows)
        case .open: return open(rows)
        case .toggleArm: toggle(rows)
        case .pin:
            selection.pinned = selection.pinned == selection.selected ? nil : selection.selected
            return selection.pinned.map { "differences are against \($0.name); p ends it" }
        case .sort: selection.order = selection.order.next
        default: break
        }
        return nil
    }

    /// Lists and draws only what the filter lets through; an arm that it keeps out is not selected.
    mutating func filter(by text: String, _ history: RunHistory) {
        selection.filter.text = text
        let selected = selection.selected.map(history.arms(of:)) ?? []
        let listed = selected.first(where: selection.filter.lets)
        selection.selected = listed.map { line(of: $0, history) }
        adopt(history)
    }

    /// Selects the line so many places on; where the selected one is not listed, first the one that it
    /// has become a part of.
    private mutating func select(by change: Int, _ rows: [ArmRow]) {
        guard !rows.isEmpty else { return }
        let index =
            rows.firstIndex(where: selection.isSelected)
            ?? rows.firstIndex { row in
                selection.selected.map { row.trajectories.contains(where: $0.holds) } == true
            } ?? 0
        selection.selected = rows[min(max(index + change, 0), rows.count - 1)].line
    }

    /// Lists the trajectories of the selected arm, or lists them no more.
    private mutating func open(_ rows: [ArmRow]) -> String? {
        guard let row = rows.first(where: selection.isSelected) else { return nil }
        if selection.opened.remove(row.studyArm) != nil {
            if row.isNested { selection.selected = .arm(row.studyArm) }
        } else if row.isArm {
            selection.opened.insert(row.studyArm)
        } else {
            return "\(row.name) is a single trajectory"
        }
        return nil
    }

    /// Hides the selected line, all of an arm's trajectories; shows all of them where none is shown.
    private mutating func toggle(_ rows: [ArmRow]) {
        guard let row = rows.first(where: selection.isSelected) else { return }
        let names = row.trajectories.map(\.name)
        if selection.isShown(row) {
            selection.hidden.formUnion(names)
        } else {
            selection.hidden.subtract(names)
        }
    }

    /// Cursor mark, show box, letter.
    func marks(of row: ArmRow, scene: Scene) -> StyledText {
        let glyphs = scene.glyphs
        let isShown = selection.isShown(row)
        var text = StyledText(
            String(selection.isSelected(row) ? glyphs.selected : " "),
            CellStyle(.accent, bold: true))
        text.append(
            String(isShown ? glyphs.shown : glyphs.hidden),
            isShown ? CellStyle(.arm(row.first.index)) : CellStyle(.dim))
        text.append(
            " " + (row.isNested ? " " : String(row.first.letter)) + " ", scene.style(of: row.first))
        return text
    }

    /// The style of a line's words: bold if selected, dim if hidden.
    func textStyle(of row: ArmRow) -> CellStyle {
        if !selection.isShown(row) { return CellStyle(.dim) }
        return CellStyle(.standard, bold: selection.isSelected(row))
    }

    /// What a pane shows in place of arms where the filter keeps out all.
    func emptyText(_ scene: Scene) -> String {
        scene.history.arms.isEmpty
            ? "" : "no arm's name or method fits /\(selection.filter.text); Esc shows all"
    }
}
