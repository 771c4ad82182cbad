/// Asks again before a learning rate is set that is far above the present one.
///
/// A few steps of it destroy what was trained; one that is too low does no harm.
struct RateDialog: Sendable, Equatable {
    /// A rise by more than this factor is asked about again.
    static let usualFactor = 10.0

    /// What to go back to.
    let prompt: LearningRatePrompt
    /// The lowest of the present ones.
    let old: Double
    let new: Double

    /// Nil if the change is nothing unusual.
    init?(_ prompt: LearningRatePrompt, old: Double?, new: Double) {
        guard let old, new > old * Self.usualFactor * (1 + 1e-9) else { return nil }
        (self.prompt, self.old, self.new) = (prompt, old, new)
    }

    var lines: [StyledText] {
        var question = StyledText("Peak learning rate of ")
        question.append(prompt.target.name, CellStyle(.accent, bold: true))
        question.append(": now \(NumberText.exactRate(old)), new ")
        question.append(NumberText.exactRate(new), CellStyle(.warning, bold: true))
        let remark = StyledText("That is more than ten times as much.")
        return [question, remark, StyledText()]
            + Overlay.answers(in: .rateDialog)
    }
}
