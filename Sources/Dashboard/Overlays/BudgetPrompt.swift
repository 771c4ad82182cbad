import Verdicts

/// Asks how much may be forgotten, for the charts and the verdict alone.
struct BudgetPrompt: Sendable, Equatable {
    /// What an answer comes to.
    enum Answer: Equatable {
        case set(Double)
        /// The field was empty.
        case remove
    }

    /// What is forgotten: the name of the axis.
    let forget: String
    private var field = NumberField()

    init(forget: String) { self.forget = forget }

    mutating func enter(_ more: String) { field.enter(more) }

    mutating func erase() { field.erase() }

    /// What was typed, in the unit of the axis; nil with the problem on the screen.
    mutating func accept() -> Answer? {
        if field.text.isEmpty { return .remove }
        return field.accept(example: "0.1").map { .set($0 / BudgetUnit(forget).scale) }
    }

    func lines(_ scene: Scene) -> [StyledText] {
        let unit = BudgetUnit(forget)
        let now = scene.question.budget.map(unit.text) ?? "none"
        return [
            StyledText("Budget of forgetting to show, in \(unit.name)"),
            StyledText("It changes what you see and does not act on training.", CellStyle(.dim)),
            field.line(now: now),
            field.remark(hint: "Enter sets it, empty removes it, Esc leaves it as it is"),
        ]
    }
}

/// In what a budget is written: accuracies are shares, and points a hundredth of them.
struct BudgetUnit {
    let isPoints: Bool

    init(_ forget: String) { isPoints = forget == VerdictAxes.retainedAccuracy }

    /// How many of what a person writes make one of what is measured.
    var scale: Double { isPoints ? 100 : 1 }

    var name: String { isPoints ? "points of retained accuracy" : "nats per token" }

    /// `0.1 nats`.
    func text(_ budget: Double) -> String {
        "\(NumberText.plain(budget * scale)) \(isPoints ? "points" : "nats")"
    }
}
