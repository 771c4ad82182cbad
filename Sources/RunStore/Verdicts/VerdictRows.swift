import RunEvents
import Verdicts

/// The rows of kind `verdict`, with which the table of a run that is over ends.
///
/// Of two arms `arm` is the first and `task` the other; what is of one arm has no `task`, and what is of
/// the whole run has neither. Each of the numbers is a row, and what is said in words is the note of the
/// first of them.
struct VerdictRows {
    let verdict: RunVerdict
    let run: RunState

    var all: [TableRow] {
        verdict.pairs.flatMap(rows) + (verdict.budget.map(rows) ?? [])
            + verdict.remarks.map { row(metric: "remark", note: $0) }
    }

    // MARK: - At equal learning

    private func rows(_ pair: RunVerdict.Pair) -> [TableRow] {
        let levels = [("level_from", pair.from), ("level_to", pair.to)]
        let rates = [
            ("first_rate_from", pair.firstRates.first), ("first_rate_to", pair.firstRates.last),
            ("second_rate_from", pair.secondRates.first), ("second_rate_to", pair.secondRates.last),
        ]
        let numbers = levels + rates + [("seeds", Double(pair.seeds.count))]
        return rows("gap", pair.gap, pair.first, pair.second, note: pair.sentence)
            + numbers.compactMap { metric, value in
                value.map { row(pair.first, pair.second, metric: metric, value: $0) }
            }
            + [row(pair.first, pair.second, metric: "word", note: pair.word.rawValue)]
    }

    /// A gap with its interval; its own row is there without a value too.
    private func rows(
        _ metric: String, _ gap: RunVerdict.Gap?, _ first: String, _ second: String, note: String
    ) -> [TableRow] {
        let others = [("lower", gap?.lower), ("upper", gap?.upper), ("p", gap?.p)]
        return [row(first, second, metric: metric, value: gap?.mean, note: note)]
            + others.compactMap { name, value in
                value.map { row(first, second, metric: "\(metric)_\(name)", value: $0) }
            }
    }

    // MARK: - Within the budget

    private func rows(_ budget: RunVerdict.Budget) -> [TableRow] {
        [row(metric: "budget", value: budget.forgetting)] + budget.arms.map(row)
            + budget.pairs.flatMap { pair in
                rows("budget_gap", pair.gap, pair.first, pair.second, note: pair.sentence)
                    + [
                        row(
                            pair.first, pair.second, metric: "budget_word",
                            note: pair.word.rawValue)
                    ]
            }
    }

    /// What an arm learns, at its best rate; seed and step are those of its best trajectory.
    private func row(_ arm: RunVerdict.Budget.Arm) -> TableRow {
        var row = row(arm.arm, metric: "budget_learned", value: arm.learned, note: arm.sentence)
        (row.seed, row.step, row.learningRate) = (arm.seed, arm.step, arm.learningRate)
        return row
    }

    // MARK: - Rows

    /// A row at the end of the run.
    private func row(
        _ arm: String = "", _ other: String = "", metric: String, value: Double? = nil,
        note: String = ""
    ) -> TableRow {
        let identity = run.trajectories.lazy.compactMap(\.identity).first {
            $0.studyArm ?? $0.name == arm
        }
        return TableRow(
            run: run.identity?.run ?? "", trajectory: arm, arm: arm,
            method: identity?.method ?? "", rank: identity?.rank,
            step: run.trajectories.map(\.step).max() ?? 0, tokens: 0, seconds: run.seconds,
            kind: .verdict, task: other, metric: metric, value: value, note: note)
    }
}
