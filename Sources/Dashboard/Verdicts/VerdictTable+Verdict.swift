import Verdicts

extension ToldVerdict {
    /// What it took every arm to one level, at its best rate there; nil if there is none.
    var costs: VerdictTable? {
        verdict.cost.map { reading in
            VerdictTable(
                title: "cost to \(verdict.learned.name) \(NumberText.value(reading.learned))",
                headings: ["rate", "steps", "tokens", "time", "memory"],
                rows: reading.arms.map { .init(arm: $0.arm, cells: Self.cells(of: $0)) })
        }
    }

    private static func cells(of arm: CostReading.Arm) -> [String] {
        guard let cost = arm.cost else { return ["not reached", "-", "-", "-", "-"] }
        return [
            rates(arm.learningRates),
            NumberText.fixed(cost.steps, decimals: 0), NumberText.count(cost.tokens),
            NumberText.span(cost.seconds), cost.bytes.map { NumberText.count($0) + "B" } ?? "-",
        ]
    }

    /// How far every arm comes within the budget, and where; nil without one.
    var withinBudget: VerdictTable? {
        verdict.budget.map { reading in
            VerdictTable(
                title: "within \(unit.text(reading.budget))",
                headings: [verdict.learned.name, "rate", "step", "trajectory"],
                rows: reading.arms.map { arm in
                    .init(
                        arm: arm.arm,
                        cells: [
                            NumberText.value(arm.learned), NumberText.exactRate(arm.learningRate),
                            String(arm.best.step), arm.best.trajectory,
                        ])
                })
        }
    }

    /// Which arm comes farthest within the budget, and its best trajectory and step; nil without one.
    var budgetWinner: String? {
        guard let reading = verdict.budget else { return nil }
        let within = "Within \(unit.text(reading.budget)) of forgetting"
        guard let winner = reading.arms.first, winner.best.step > 0 else {
            return within + " no arm learns anything."
        }
        return within + " \(winner.arm) comes farthest: \(verdict.learned.name) "
            + "\(NumberText.value(winner.learned)); \(winner.best.trajectory) at step "
            + "\(winner.best.step) has \(NumberText.value(winner.best.learned))."
    }

    private var unit: BudgetUnit { BudgetUnit(question.axes.forget) }

    /// What every arm had forgotten, and at which rate, at some levels: evenly from the base to the
    /// lowest that all arms come to.
    func levels(count: Int) -> VerdictTable {
        let levels = verdict.readLevels(count: count)
        return VerdictTable(
            title: verdict.learned.name, headings: levels.map(NumberText.value),
            rows: verdict.arms.map { arm in
                .init(arm: arm.arm, cells: levels.map { Self.cell(of: arm, at: $0) })
            })
    }

    private static func cell(of arm: ArmVerdict, at level: Double) -> String {
        guard let point = arm.envelope.first(where: { $0.learned == level }) else { return "-" }
        let mean = point.forgotten.reduce(0, +) / Double(point.forgotten.count)
        return "\(NumberText.signed(mean)) @\(rates(Set(point.learningRates).sorted()))"
    }

    private static func rates(_ rates: [Double]) -> String {
        rates.isEmpty ? "-" : rates.map(NumberText.exactRate).joined(separator: "/")
    }
}

extension Verdict {
    /// Levels from near the base to the one that is read, or else to the lowest that all arms come to.
    fileprivate func readLevels(count: Int) -> [Double] {
        let all = levels
        let end = level ?? cost?.learned ?? all.last
        guard count > 0, let end, let last = all.firstIndex(of: end) else { return [] }
        let places = (1...count).map { (last + 1) * $0 / count - 1 }.filter { $0 >= 0 }
        return places.reduce(into: []) { shown, place in
            if shown.last != all[place] { shown.append(all[place]) }
        }
    }
}
