import RunEvents

/// Asks for a new learning rate of an arm.
struct LearningRatePrompt: Sendable, Equatable {
    /// The arm that was selected when the prompt opened.
    let arm: String
    private(set) var field = NumberField()

    init(arm: String) { self.arm = arm }

    mutating func enter(_ more: String) { field.enter(more) }

    mutating func erase() { field.erase() }

    /// The rate that was typed, or nil with the problem on the screen.
    mutating func accept() -> Double? { field.accept(example: "1e-4") }

    func lines(_ scene: Scene) -> [StyledText] {
        var title = StyledText("New peak learning rate of ")
        title.append(arm, CellStyle(.accent, bold: true))
        let old = scene.history.arm(named: arm)?.peakLearningRate.map(NumberText.learningRate)
        return [
            title, field.line(now: old ?? "-"),
            field.remark(hint: "Enter sets it, Esc leaves it as it is"),
        ]
    }
}
