import RunEvents

/// Asks before an arm is ended, which nothing undoes.
struct StopDialog: Sendable, Equatable {
    /// The arm that was selected when the dialog opened.
    let arm: String

    func lines(_ scene: Scene) -> [StyledText] {
        var question = StyledText("Stop ")
        question.append(arm, CellStyle(.accent, bold: true))
        question.append("? ")
        question.append("This cannot be undone:", CellStyle(.warning, bold: true))
        let effect = StyledText("it is evaluated, saved, and trains no further.")
        let isPaused = scene.history.arm(named: arm)?.state == .paused
        return [question, effect, StyledText()]
            + Overlay.answers(in: .stopDialog) { !isPaused || $0 != .pauseOrResume }
    }
}
