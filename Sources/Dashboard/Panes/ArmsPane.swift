/// The arms: which is selected, shown, pinned, in which order they stand, and how far each has come.
struct ArmsPane: Sendable, Equatable {
    private(set) var selection = ArmSelection()

    /// Selects the first arm as soon as there is one.
    mutating func adopt(_ history: RunHistory) {
        if selection.selected == nil {
            selection.selected = history.arms.first(where: selection.filter.lets)?.name
        }
    }

    /// Does what the action asks of the arms, which are listed as `arms`; returns a message where
    /// that helps.
    mutating func handle(_ action: Action, arms: [ArmRecord], page: Int) -> String? {
        switch action {
        case .up: select(by: -1, arms)
        case .down: select(by: 1, arms)
        case .pageUp: select(by: -max(1, page), arms)
        case .pageDown: select(by: max(1, page), arms)
        case .toggleArm:
            if let name = selection.selected { selection.hidden.formSymmetricDifference([name]) }
        case .pin:
            selection.pinned = selection.pinned == selection.selected ? nil : selection.selected
            return selection.pinned.map { "differences are against \($0); p ends it" }
        case .sort: selection.order = selection.order.next
        default: break
        }
        return nil
    }

    /// Lists and draws only what the filter lets through; an arm that it keeps out is not selected.
    mutating func filter(by text: String, _ history: RunHistory) {
        selection.filter.text = text
        let selected = history.arm(named: selection.selected)
        if selected.map(selection.filter.lets) != true { selection.selected = nil }
        adopt(history)
    }

    private mutating func select(by change: Int, _ arms: [ArmRecord]) {
        guard !arms.isEmpty else { return }
        let index = arms.firstIndex { $0.name == selection.selected } ?? 0
        selection.selected = arms[min(max(index + change, 0), arms.count - 1)].name
    }

    /// Cursor mark, show box, letter.
    func marks(of arm: ArmRecord, scene: Scene) -> StyledText {
        let glyphs = scene.glyphs
        let isSelected = arm.name == selection.selected
        let isShown = selection.isShown(arm)
        var text = StyledText(
            String(isSelected ? glyphs.selected : " "), CellStyle(.accent, bold: true))
        text.append(
            String(isShown ? glyphs.shown : glyphs.hidden),
            isShown ? CellStyle(.arm(arm.index)) : CellStyle(.dim))
        text.append(" " + String(arm.letter) + " ", scene.style(of: arm))
        return text
    }

    /// The style of an arm's words: bold if selected, dim if hidden.
    func textStyle(of arm: ArmRecord) -> CellStyle {
        if !selection.isShown(arm) { return CellStyle(.dim) }
        return CellStyle(.standard, bold: arm.name == selection.selected)
    }

    /// What a pane shows in place of arms where the filter keeps out all.
    func emptyText(_ scene: Scene) -> String {
        scene.history.arms.isEmpty
            ? "" : "no arm's name or method fits /\(selection.filter.text); Esc shows all"
    }
}
