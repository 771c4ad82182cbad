import RunEvents

/// Asks how to leave a run that is still going.
struct QuitDialog: Sendable, Equatable {
    func lines(_ scene: Scene) -> [StyledText] {
        let state =
            scene.isStopping
            ? "The run is stopping: it ends after its checkpoints." : "The run is still going."
        return [StyledText(state), StyledText()]
            + Overlay.answers(in: .quitDialog) { !scene.isStopping || $0 != .stopRun }
    }
}

/// Asks before a run is ended in a way that loses steps.
struct KillDialog: Sendable, Equatable {
    func lines(_ scene: Scene) -> [StyledText] {
        let lost = scene.history.unsavedSteps
        let total = lost.map(\.steps).saturatingSum
        var question = StyledText("Kill the run? ")
        question.append(
            total == 1 ? "1 step is lost" : "\(total) steps are lost",
            CellStyle(.warning, bold: true))
        question.append(", all since the last checkpoints:")
        let named = lost.prefix(3).map { "\($0.arm) \($0.steps)" }.joined(separator: ", ")
        let rest = lost.count > 3 ? " and \(lost.count - 3) more arms" : ""
        return [question, StyledText(named + rest, CellStyle(.dim)), StyledText()]
            + Overlay.answers(in: .killDialog)
    }
}
