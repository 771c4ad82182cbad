/// The arms: which is selected, shown, pinned, and how far each has come.
struct ArmsPane: Sendable, Equatable {
    private(set) var selection = ArmSelection()

    /// Selects the first arm as soon as there is one.
    mutating func adopt(_ history: RunHistory) {
        if selection.selected == nil { selection.selected = history.arms.first?.name }
    }

    /// Does what the action asks of the arms; returns a message where that helps.
    mutating func handle(_ action: Action, history: RunHistory, page: Int) -> String? {
        switch action {
        case .up: select(by: -1, history)
        case .down: select(by: 1, history)
        case .pageUp: select(by: -max(1, page), history)
        case .pageDown: select(by: max(1, page), history)
        case .toggleArm:
            if let name = selection.selected { selection.hidden.formSymmetricDifference([name]) }
        case .pin:
            selection.pinned = selection.pinned == selection.selected ? nil : selection.selected
            return selection.pinned.map { "differences are against \($0); p ends it" }
        default: break
        }
        return nil
    }

    private mutating func select(by change: Int, _ history: RunHistory) {
        guard !history.arms.isEmpty else { return }
        let index = history.arms.firstIndex { $0.name == selection.selected } ?? 0
        selection.selected =
            history.arms[min(max(index + change, 0), history.arms.count - 1)].name
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

    /// The arm's name, with a mark if it is pinned.
    func name(of arm: ArmRecord, scene: Scene) -> String {
        arm.name + (arm.name == selection.pinned ? " " + String(scene.glyphs.pinned) : "")
    }

    /// The style of an arm's words: bold if selected, dim if hidden.
    func textStyle(of arm: ArmRecord) -> CellStyle {
        if !selection.isShown(arm) { return CellStyle(.dim) }
        return CellStyle(.standard, bold: arm.name == selection.selected)
    }
}
