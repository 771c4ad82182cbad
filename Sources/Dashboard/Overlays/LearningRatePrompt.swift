import RunEvents

/// Asks for a new learning rate of a trajectory, or of all of an arm's.
struct LearningRatePrompt: Sendable, Equatable {
    /// What was selected when the prompt opened.
    let target: ArmLine
    private(set) var field = NumberField()

    init(target: ArmLine) { self.target = target }

    mutating func enter(_ more: String) { field.enter(more) }

    mutating func erase() { field.erase() }

    /// The rate that was typed, or nil with the problem on the screen.
    mutating func accept() -> Double? { field.accept(example: "1e-4") }

    func lines(_ scene: Scene) -> [StyledText] {
        var title = StyledText("New peak learning rate of ")
        let target = CommandTarget(target, in: scene.history)
        title.append(target?.text ?? self.target.name, CellStyle(.accent, bold: true))
        let old = target?.peakLearningRates.map(NumberText.learningRate) ?? []
        return [
            title, field.line(now: old.isEmpty ? "-" : old.joined(separator: ", ")),
            field.remark(hint: "Enter sets it, Esc leaves it as it is"),
        ]
    }
}
