/// Asks how to leave a run that is still going.
struct QuitDialog: Sendable, Equatable {
    var lines: [StyledText] {
        [StyledText("The run is still going."), StyledText()]
            + KeyTable.bindings(in: .quitDialog).filter { !$0.hint.isEmpty }.map(Self.line)
    }

    private static func line(_ binding: KeyBinding) -> StyledText {
        var line = StyledText(
            DisplayText.padded(binding.keys.first?.label ?? "", width: 5),
            CellStyle(.accent, bold: true))
        line.append(binding.help)
        return line
    }
}

/// Asks before an arm is ended.
struct StopDialog: Sendable, Equatable {
    /// The arm that was selected when the dialog opened.
    let arm: String

    var lines: [StyledText] {
        var question = StyledText("Stop ")
        question.append(arm, CellStyle(.accent, bold: true))
        question.append(" after a checkpoint? It trains no further.")
        var keys = StyledText("y", CellStyle(.accent, bold: true))
        keys.append(" stop   ")
        keys.append("n", CellStyle(.accent, bold: true))
        keys.append(" let it go on")
        return [question, StyledText(), keys]
    }
}
