import RunEvents
import Verdicts

/// A level to compare the curves with: the score of a base model, or a budget.
struct ReferenceLine: Sendable, Equatable {
    var value: Double
    /// Stands at the line's right end, away from where curves start, where several have to be told apart.
    var label = ""
    /// A budget: its label stands at the left and above the curves, and the axis makes room for it if it
    /// is not far from them.
    var isBudget = false

    var style: CellStyle { CellStyle(isBudget ? .warning : .dim) }
}

extension ReferenceLine {
    /// The bases of the runs that are viewed; where these differ, each with the numbers of its runs.
    static func bases(of choice: MetricChoice, in history: RunHistory) -> [ReferenceLine] {
        let values = history.bases(of: choice)
        guard values.count > 1 else { return values.map { ReferenceLine(value: $0) } }
        return values.map { value in
            let runs = history.runs.indices.filter { history.base(of: choice, run: $0) == value }
            return ReferenceLine(
                value: value, label: runs.map { String($0 + 1) }.joined(separator: ","))
        }
    }

    /// `base 3.200`, or `base 1 3.200  2 2.500`; nil without any.
    static func text(_ bases: [ReferenceLine]) -> String? {
        guard !bases.isEmpty else { return nil }
        let parts = bases.map {
            ($0.label.isEmpty ? "" : $0.label + " ") + NumberText.value($0.value)
        }
        return "base " + parts.joined(separator: "  ")
    }

    /// The budgets that are about a metric: the study's, which acts on training, and the one that was
    /// typed, which does not.
    static func budgets(of choice: MetricChoice, in scene: Scene) -> [ReferenceLine] {
        var lines: [ReferenceLine] = []
        if choice == .forgetting, let budget = scene.history.identity?.budget {
            lines.append(
                .budget(budget, label: "budget \(NumberText.plain(budget)) (study)"))
        }
        guard let typed = scene.typedBudget, choice.metric == scene.question.axes.forget else {
            return lines
        }
        let unit = BudgetUnit(scene.question.axes.forget)
        let label = "budget \(NumberText.plain(typed * unit.scale)) (only shown)"
        if choice == .forgetting {
            lines.append(.budget(typed, label: label))
        } else if let base = scene.history.bases(of: choice).first {
            lines.append(.budget(base - typed, label: label))
        }
        return lines
    }

    private static func budget(_ value: Double, label: String) -> ReferenceLine {
        ReferenceLine(value: value, label: label, isBudget: true)
    }
}
