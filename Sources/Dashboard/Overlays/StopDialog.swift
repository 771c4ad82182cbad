/// Asks before a trajectory, or all of an arm's, are ended, which nothing undoes.
struct StopDialog: Sendable, Equatable {
    /// What was selected when the dialog opened.
    let target: ArmLine

    func lines(_ scene: Scene) -> [StyledText] {
        let target = CommandTarget(target, in: scene.history)
        var question = StyledText("Stop ")
        question.append(target?.text ?? self.target.name, CellStyle(.accent, bold: true))
        question.append("? ")
        let warning = StyledText("This cannot be undone:", CellStyle(.warning, bold: true))
        let whose = target?.isArm == true ? "each" : "it"
        let effect = StyledText("\(whose) is evaluated, saved, and trains no further.")
        let offersPause = target?.isPaused != true
        if target?.isArm != true { question.append(warning) }
        return [question] + (target?.isArm == true ? [warning] : []) + [effect, StyledText()]
            + Overlay.answers(in: .stopDialog) { offersPause || $0 != .pauseOrResume }
    }
}
