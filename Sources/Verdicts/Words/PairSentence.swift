/// The sentence of a verdict on one pair of arms.
struct PairSentence {
    let pair: PairVerdict
    let verdict: Verdict

    var text: String {
        switch pair.word {
        case .firstForgetsLess: compared(less(first: true) + evidence(turned: true) + ".")
        case .secondForgetsLess: compared(less(first: false) + evidence(turned: false) + ".")
        case .tie: compared(equal + evidence(turned: false) + ".")
        case .undecided: compared(undecided)
        case .undecidedBeyondSeeds: compared(ofTheseSeeds)
        case .firstOnly: only(pair.first, not: pair.second)
        case .secondOnly: only(pair.second, not: pair.first)
        case .neitherLearns: neither
        case .unresolved: unresolved
        case .notPaired:
            "\(pair.first.arm) and \(pair.second.arm) have no seed in common, so that nothing can be "
                + "paired."
        }
    }

    // MARK: - At equal learning

    private func compared(_ rest: String) -> String {
        if let level { return "At \(level), \(rest)" }
        guard let from = pair.from, let to = pair.to else { return rest }
        return "At equal \(verdict.learned.name) (\(NumberText.value(from)) to "
            + "\(NumberText.value(to))), \(rest)"
    }

    /// The level that was asked for, with what it is one of: `code loss 0.60`.
    private var level: String? {
        verdict.level.map { "\(verdict.learned.name) \(NumberText.value($0))" }
    }

    private func named(_ side: PairVerdict.Side) -> String {
        "\(side.arm) at \(NumberText.rates(side.rates))"
    }

    private func less(first: Bool) -> String {
        let (winner, loser) = first ? (pair.first, pair.second) : (pair.second, pair.first)
        let amount = difference.text(abs(pair.gap?.mean ?? .nan))
        return "\(named(winner)) has " + verb(amount + " less") + " than \(named(loser))"
    }

    private func verb(_ amount: String) -> String {
        verdict.forgotten.unit == .nats
            ? "forgotten \(amount)" : "lost \(amount) of \(verdict.forgotten.name)"
    }

    private var equal: String {
        let tolerance = DifferenceText.chosen(
            verdict.forgotten.tolerance, verdict.forgotten.unit)
        return "\(named(pair.first)) and \(named(pair.second)) tie within \(tolerance)"
    }

    /// The interval and what it is over; turned so that the winner's gain is positive.
    private func evidence(turned: Bool) -> String {
        let seeds = NumberText.count(pair.seeds.count, "seed")
        guard let interval = pair.gap?.interval else { return " (no interval; \(seeds))" }
        return " (95 %\(scope(interval)): \(range(interval, turned: turned)); \(seeds))"
    }

    private func scope(_ interval: Interval) -> String {
        interval.scope == .items ? " over items" : ""
    }

    private func range(_ interval: Interval, turned: Bool) -> String {
        turned
            ? difference.range(-interval.upper, -interval.lower)
            : difference.range(interval.lower, interval.upper)
    }

    private var difference: DifferenceText {
        let gap = pair.gap
        return DifferenceText(
            verdict.forgotten.unit,
            precision: gap?.interval?.halfWidth ?? gap?.mean ?? verdict.forgotten.tolerance)
    }

    // MARK: - Undecided

    /// The gap in favour of the arm that has less, with its evidence.
    private var gap: String {
        let mean = pair.gap?.mean ?? .nan
        let side = mean < 0 ? pair.first : pair.second
        return "the gap is \(difference.text(abs(mean))) in favour of \(side.arm)"
            + evidence(turned: mean < 0)
    }

    private var undecided: String {
        "it is undecided whether \(named(pair.first)) or \(named(pair.second)) forgets less: \(gap)."
            + reason
    }

    private var reason: String {
        let decision = pair.decision
        switch decision?.objection {
        case .otherItems:
            guard let items = pair.gap?.items else { return "" }
            return " With other items it could be "
                + range(items, turned: (pair.gap?.mean ?? 0) < 0) + "."
        case .manyPairs:
            return " Of \(NumberText.count(verdict.pairs.count, "pair")) one can look like this by "
                + "chance (Holm: \(NumberText.p(decision?.adjustedP ?? .nan)))."
        case nil: return moreSeeds
        }
    }

    private var moreSeeds: String {
        guard let decision = pair.decision, let detectable = decision.detectable else { return "" }
        let shown = " So many seeds could have shown \(difference.text(detectable))"
        return shown
            + (decision.seedsToDecide.map { "; about \($0) would decide." }
                ?? "; no number of seeds is in sight that would decide.")
    }

    private var ofTheseSeeds: String {
        let seeds = pair.seeds.count
        let with =
            "with \(seeds == 1 ? "seed" : "seeds") "
            + NumberText.list(pair.seeds.map(String.init))
        let end =
            " \(seeds == 1 ? "One seed says" : "Two seeds say") nothing about others: "
            + "undecided beyond \(seeds == 1 ? "it" : "them")."
        switch pair.decision?.claim {
        case .less: return less(first: true) + " \(with)" + evidence(turned: true) + "." + end
        case .more: return less(first: false) + " \(with)" + evidence(turned: false) + "." + end
        case .tie: return equal + " \(with)" + evidence(turned: false) + "." + end
        case nil:
            return "\(named(pair.first)) and \(named(pair.second)) are not told apart \(with): "
                + "\(gap)." + end
        }
    }

    // MARK: - Not at equal learning

    private func only(_ side: PairVerdict.Side, not other: PairVerdict.Side) -> String {
        let reached = other.lowest.map { "; it comes to \(NumberText.value($0))" } ?? ""
        let farthest = side.lowest.map { " (\(NumberText.value($0)))" } ?? ""
        let goal = level ?? "the \(verdict.learned.name) that \(side.arm) does\(farthest)"
        let seeds =
            other.seedsReached > 0
            ? ", but for \(other.seedsReached) of \(NumberText.count(pair.seeds.count, "seed"))"
            : ""
        return "\(side.arm) only: \(other.arm) never reaches \(goal)\(seeds)\(reached)."
    }

    private var neither: String {
        let values = [pair.first, pair.second].map { side in
            side.lowest.map(NumberText.value) ?? "nothing"
        }
        let lack = level.map { "reaches \($0)" } ?? "learns enough to compare"
        return "Neither \(pair.first.arm) nor \(pair.second.arm) \(lack): they come to "
            + "\(verdict.learned.name) \(values[0]) and \(values[1])."
    }

    private var unresolved: String {
        let range = [pair.unresolvedFrom, pair.unresolvedTo].compactMap { $0 }
            .map(NumberText.value).joined(separator: " to ")
        let advice =
            verdict.basis == .ends
            ? "give `steps` more lengths" : "evaluate earlier and more often"
        if let level {
            return "\(pair.first.arm) and \(pair.second.arm) are unresolved at \(level): both come "
                + "to it, but in a stride too long to say what was forgotten on the way; \(advice)."
        }
        return "\(pair.first.arm) and \(pair.second.arm) are unresolved at equal "
            + "\(verdict.learned.name): both come from \(range), but in strides too long to say what "
            + "was forgotten on the way; \(advice)."
    }
}
