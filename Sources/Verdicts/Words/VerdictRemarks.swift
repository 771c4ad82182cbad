/// What a reader has to know beside the sentences.
struct VerdictRemarks {
    let verdict: Verdict

    var texts: [String] {
        [basis, choosing] + running + verdict.arms.flatMap(remarks) + verdict.pairs.flatMap(remarks)
    }

    private var basis: String { "It rests on \(verdict.basis.words)." }

    private var choosing: String {
        guard verdict.choosesApart else {
            return "Scores of single items were not kept: rates are chosen on the data that are "
                + "reported, which flatters the arm with more rates, and nothing is said about other "
                + "items."
        }
        return "Rates are chosen on one half of the items and reported on the other: "
            + "\(verdict.learned.items) for \(verdict.learned.name), \(verdict.forgotten.items) for "
            + "\(verdict.forgotten.name)."
    }

    private var running: [String] {
        let left =
            verdict.running.isEmpty
            ? []
            : [
                "Left out until they are done: "
                    + "\(verdict.running.count == 1 ? "seed" : "seeds") "
                    + "\(NumberText.list(verdict.running.map(String.init)))."
            ]
        return verdict.isFinal ? left : ["Training goes on: this is how it stands."] + left
    }

    // MARK: - Arms

    private func remarks(_ arm: ArmVerdict) -> [String] {
        let sides = verdict.pairs.flatMap { [$0.first, $0.second] }.filter { $0.arm == arm.arm }
        return [gridEnds(arm, sides), dependence(arm, sides), mixture(arm, sides)].compactMap { $0 }
            + lastRates(arm)
            + arm.divergences.map {
                "\(named($0, of: arm)) came to numbers that are not finite at step \($0.step); what "
                    + "it was before counts."
            }
            + arm.rateChanges.map {
                "The learning rate of \(named($0, of: arm)) was changed by a command after step "
                    + "\($0.step); what it was before counts."
            }
    }

    private func named(_ broken: ArmVerdict.Break, of arm: ArmVerdict) -> String {
        "\(arm.arm) at \(NumberText.rate(broken.learningRate)), seed \(broken.seed),"
    }

    private func gridEnds(_ arm: ArmVerdict, _ sides: [PairVerdict.Side]) -> String? {
        guard let rates = sides.first?.rateCount, let first = arm.rates.first,
            let last = arm.rates.last
        else { return nil }
        if rates == 1 {
            return "\(arm.arm) has one rate, \(NumberText.rate(first.learningRate)): whether "
                + "another would be better is not known."
        }
        let ends = Set(sides.flatMap(\.gridEnds))
        let words = [
            ends.contains(.lower) ? "the lower (\(NumberText.rate(first.learningRate)))" : nil,
            ends.contains(.upper) ? "the upper (\(NumberText.rate(last.learningRate)))" : nil,
        ].compactMap { $0 }
        guard !words.isEmpty else { return nil }
        return
            "The best rate of \(arm.arm) is at \(NumberText.list(words)) end of its grid at some "
            + "of the levels: the grid should go on there."
    }

    private func dependence(_ arm: ArmVerdict, _ sides: [PairVerdict.Side]) -> String? {
        sides.contains(where: \.dependsOnSeed)
            ? "Which rate of \(arm.arm) is best changes when one seed is left out." : nil
    }

    private func mixture(_ arm: ArmVerdict, _ sides: [PairVerdict.Side]) -> String? {
        let mixed = sides.compactMap { side in side.mixedFrom.map { ($0, side.mixedTo ?? $0) } }
        let sign: Double = verdict.learned.isHigherBetter ? -1 : 1
        guard let from = mixed.map({ sign * $0.0 }).max(), let to = mixed.map({ sign * $0.1 }).min()
        else { return nil }
        let (first, last) = (NumberText.value(sign * from), NumberText.value(sign * to))
        return (first == last ? "At \(first)" : "Between \(first) and \(last)")
            + " not every seed of \(arm.arm) is read at the same rate, but each at the best that comes "
            + "so far with it."
    }

    /// One for each place from which on the arm is left with its highest rate.
    private func lastRates(_ arm: ArmVerdict) -> [String] {
        let pairs = verdict.pairs.filter { $0.lastRate?.arm == arm.arm }
        let places = Dictionary(grouping: pairs) { NumberText.value($0.lastRate?.from ?? .nan) }
        return places.sorted { $0.key > $1.key }.map { place, pairs in
            "From \(place) on \(arm.arm) is left with its highest rate. What it has forgotten more is "
                + "there \(NumberText.list(pairs.compactMap { lastRate(of: $0) })), so that the size of "
                + "the whole gap depends on how far its levels go."
        }
    }

    /// `1.20 nats instead of 0.05 nats (full)`, of what the arm that is left with it has forgotten more.
    private func lastRate(of pair: PairVerdict) -> String? {
        guard let last = pair.lastRate else { return nil }
        let isFirst = last.arm == pair.first.arm
        let text = DifferenceText(
            verdict.forgotten.unit, precision: max(0.01, min(abs(last.before), abs(last.after))))
        let sign: Double = isFirst ? 1 : -1
        return "\(text.text(sign * last.after)) instead of \(text.text(sign * last.before)) "
            + "(\(isFirst ? pair.second.arm : pair.first.arm))"
    }

    // MARK: - Pairs

    private func remarks(_ pair: PairVerdict) -> [String] {
        guard pair.gap != nil else { return [] }
        return [censoring(pair), pair.crossing.map { crossing($0, of: pair) }].compactMap { $0 }
    }

    private func censoring(_ pair: PairVerdict) -> String? {
        let short = [pair.first, pair.second].filter {
            $0.isCutShort && $0.seedsReached < pair.seeds.count
        }
        guard let side = short.first, let to = pair.to, let farthest = side.farthest else {
            return nil
        }
        let reached = short.map { String($0.seedsReached) }
        return "Beyond \(NumberText.value(to)), \(notCompared(short.map(\.arm), of: pair)): "
            + "\(NumberText.list(reached)) of \(NumberText.count(pair.seeds.count, "seed")) reached "
            + "\(NumberText.value(farthest))."
    }

    private func notCompared(_ short: [String], of pair: PairVerdict) -> String {
        guard let arm = short.first, short.count == 1 else {
            return "\(NumberText.list(short)) are not compared"
        }
        let other = arm == pair.first.arm ? pair.second.arm : pair.first.arm
        return "\(arm) is not compared with \(other)"
    }

    private func crossing(_ crossing: CrossingCurves, of pair: PairVerdict) -> String {
        let text = DifferenceText(
            verdict.forgotten.unit, precision: min(abs(crossing.before), abs(crossing.after)))
        let (early, late) =
            crossing.before < 0
            ? (pair.first.arm, pair.second.arm) : (pair.second.arm, pair.first.arm)
        return "The curves of \(pair.first.arm) and \(pair.second.arm) cross near "
            + "\(NumberText.value(crossing.at)): before it \(early) has forgotten "
            + "\(text.text(abs(crossing.before))) less, after it \(late) "
            + "\(text.text(abs(crossing.after))) less."
    }
}
