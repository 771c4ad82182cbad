/// The sentences of the reading with a budget.
struct BudgetSentences {
    let reading: BudgetReading
    let verdict: Verdict

    var texts: [String] { reading.arms.map(sentence) + reading.pairs.map(sentence) }

    private var budget: String {
        let text = DifferenceText.chosen(reading.budget, verdict.forgotten.unit)
        return verdict.forgotten.unit == .nats
            ? "\(text) forgotten" : "\(text) of \(verdict.forgotten.name) lost"
    }

    private func sentence(_ arm: BudgetReading.Arm) -> String {
        guard arm.places.contains(where: { $0.step > 0 }) else {
            return "With at most \(budget), \(arm.arm) learns nothing."
        }
        let seeds = arm.places.count
        return "With at most \(budget), \(arm.arm) learns most at "
            + "\(NumberText.rate(arm.learningRate)): \(verdict.learned.name) "
            + "\(NumberText.value(arm.learned)) (\(NumberText.count(seeds, "seed"))); "
            + "\(arm.best.trajectory) at step \(arm.best.step) comes to "
            + "\(NumberText.value(arm.best.learned))."
    }

    private func sentence(_ pair: BudgetReading.Pair) -> String {
        let difference = DifferenceText(
            verdict.learned.unit, precision: pair.gap.interval?.halfWidth ?? pair.gap.mean)
        let seeds = NumberText.count(pair.gap.gaps.count, "seed")
        let isFirst = pair.gap.mean < 0
        let (winner, loser) = isFirst ? (pair.first, pair.second) : (pair.second, pair.first)
        let evidence =
            pair.gap.interval.map { interval in
                let range =
                    isFirst
                    ? difference.range(-interval.upper, -interval.lower)
                    : difference.range(interval.lower, interval.upper)
                return "95 %\(interval.scope == .items ? " over items" : ""): \(range); \(seeds)"
            } ?? "no interval; \(seeds)"
        let amount = difference.text(abs(pair.gap.mean))
        return word(pair, winner: winner, loser: loser, amount: amount, evidence: evidence)
            + mcNemar(pair)
    }

    private func word(
        _ pair: BudgetReading.Pair, winner: String, loser: String, amount: String, evidence: String
    ) -> String {
        switch pair.word {
        case .firstLearnsMore, .secondLearnsMore:
            "There \(winner) learns \(amount) more than \(loser) (\(evidence))."
        case .tie: "There \(pair.first) and \(pair.second) tie (\(evidence))."
        case .undecided:
            "Whether \(pair.first) or \(pair.second) learns more there is undecided: \(amount) in "
                + "favour of \(winner) (\(evidence))."
        case .undecidedBeyondSeeds:
            "There \(winner) has learned \(amount) more than \(loser) (\(evidence)); so few seeds "
                + "say nothing about others: undecided beyond them."
        }
    }

    private func mcNemar(_ pair: BudgetReading.Pair) -> String {
        pair.items.map { items in
            " Of \(items.count) items \(pair.first) alone has \(items.firstOnly) right and "
                + "\(pair.second) alone \(items.secondOnly) (McNemar: "
                + "\(NumberText.p(items.p)))."
        } ?? ""
    }
}
