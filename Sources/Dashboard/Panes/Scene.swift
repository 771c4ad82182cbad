/// What the panes read, but only one of them owns.
struct Scene {
    let history: RunHistory
    let glyphs: GlyphSet
    let selection: ArmSelection
    let viewport: Viewport
    let learn: ChartSettings
    let forget: ChartSettings
    let focus: Focus
    /// Seconds of the run by now.
    let elapsed: Double
    let isReadOnly: Bool
    /// True once a graceful stop was asked for.
    let isStopping: Bool

    var shownArms: [ArmRecord] { history.arms.filter(selection.isShown) }
    var selectedArm: ArmRecord? { history.arm(named: selection.selected) }

    /// The style of an arm's letter and curve.
    func style(of arm: ArmRecord) -> CellStyle { CellStyle(.arm(arm.index), bold: true) }

    /// A pane's title, bright if the pane has the focus.
    func title(_ text: String, focus: Focus?, remark: String = "") -> StyledText {
        let isFocused = focus == self.focus
        var title = StyledText(text, CellStyle(isFocused ? .accent : .standard, bold: true))
        if !remark.isEmpty { title.append("  " + remark, CellStyle(.dim)) }
        return title
    }

    /// A measure of an arm, or its difference from the pinned arm's.
    func text(of value: Double?, pinned: Double?, arm: ArmRecord, isSigned: Bool) -> String {
        guard let value else { return "-" }
        guard let name = selection.pinned, name != arm.name else {
            return isSigned ? NumberText.signed(value) : NumberText.value(value)
        }
        return pinned.map { String(glyphs.delta) + NumberText.signed(value - $0) } ?? "-"
    }
}

/// The pane that pane-wise keys act on.
enum Focus: CaseIterable, Sendable {
    case learn, forget, arms, events
}
