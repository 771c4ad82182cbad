import Foundation
import RunEvents
import RunStore
import Verdicts

/// A verdict as it is printed.
struct VerdictReport {
    let verdict: Verdict
    /// The names of the runs that it is of.
    let runs: [String]

    // MARK: - For a person

    /// Sentences, then what they rest on as a table, then remarks.
    var text: String {
        let remarks = verdict.remarks.map { "- \($0)\n" }.joined()
        return verdict.sentences.map { "\($0)\n" }.joined() + "\n" + pairs + "\n" + costs + remarks
    }

    private var pairs: String {
        let header = ["arms", "verdict", "gap", "95 %", "over", "seeds", "p (Holm)"]
        let rows = verdict.pairs.map { pair in
            [
                "\(pair.first.arm) - \(pair.second.arm)", pair.word.rawValue,
                number(pair.gap?.mean), interval(pair.gap?.interval),
                pair.gap?.interval?.scope.rawValue ?? "-", String(pair.seeds.count),
                number(pair.decision?.adjustedP),
            ]
        }
        return AlignedText.lines([header] + rows, rightAligned: [2, 5, 6])
    }

    /// What each arm needed to the lowest level that all come to; empty if there is none.
    private var costs: String {
        guard let reading = verdict.cost else { return "" }
        let level = AlignedText.number(reading.learned, digits: 2)
        let header = [
            "cost to \(verdict.learned.name) \(level)", "rate", "steps", "tokens", "seconds",
            "memory",
        ]
        let rows = reading.arms.compactMap { arm in arm.cost.map { row(arm, $0) } }
        return AlignedText.lines([header] + rows, rightAligned: [2, 3, 4, 5]) + "\n"
    }

    private func row(_ arm: CostReading.Arm, _ cost: LevelCost) -> [String] {
        [
            arm.arm, rates(arm.learningRates),
            AlignedText.number(cost.steps, digits: 1), AlignedText.number(cost.tokens, digits: 0),
            AlignedText.number(cost.seconds, digits: 1),
            cost.bytes.map { AlignedText.size(Int(saturating: $0)) } ?? "-",
        ]
    }

    private func number(_ value: Double?) -> String {
        value.map { AlignedText.number($0, digits: 4) } ?? "-"
    }

    private func interval(_ interval: Interval?) -> String {
        interval.map { "\(number($0.lower)) to \(number($0.upper))" } ?? "-"
    }

    // MARK: - For programs

    /// A row a pair, of the levels and of the budget.
    var csv: String {
        let header = [
            "reading", "first", "first_rates", "second", "second_rates", "word", "learned_from",
            "learned_to", "gap", "lower", "upper", "over", "seeds", "p", "adjusted_p",
            "detectable", "seeds_to_decide",
        ]
        let rows = verdict.pairs.map(row) + (verdict.budget?.pairs.map(row) ?? [])
        return ([header] + rows).map { $0.map(TableRow.quoted).joined(separator: ",") + "\n" }
            .joined()
    }

    private func row(_ pair: PairVerdict) -> [String] {
        [
            "levels", pair.first.arm, rates(pair.first.rates), pair.second.arm,
            rates(pair.second.rates), pair.word.rawValue, cell(pair.from), cell(pair.to),
        ] + cells(pair.gap, pair.decision, seeds: pair.seeds.count)
    }

    private func row(_ pair: BudgetReading.Pair) -> [String] {
        let rate = { (arm: String) in
            verdict.budget?.arms.first { $0.arm == arm }.map { [$0.learningRate] } ?? []
        }
        return [
            "budget", pair.first, rates(rate(pair.first)), pair.second, rates(rate(pair.second)),
            pair.word.rawValue, "", "",
        ] + cells(pair.gap, pair.decision, seeds: pair.gap.gaps.count)
    }

    private func cells(_ gap: GapEstimate?, _ decision: Decision?, seeds: Int) -> [String] {
        [
            cell(gap?.mean), cell(gap?.interval?.lower), cell(gap?.interval?.upper),
            gap?.interval?.scope.rawValue ?? "", String(seeds), cell(decision?.p),
            cell(decision?.adjustedP), cell(decision?.detectable),
            decision?.seedsToDecide.map(String.init) ?? "",
        ]
    }

    private func cell(_ value: Double?) -> String { value.map(TableRow.text) ?? "" }

    private func rates(_ rates: [Double]) -> String {
        rates.map(TableRow.text).joined(separator: " ")
    }

    /// All of it.
    func json() throws -> String {
        let document = Document(
            runs: runs, sentences: verdict.sentences, remarks: verdict.remarks, verdict: verdict)
        let data = try RunJSON.encoder(pretty: true).encode(document)
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private struct Document: Encodable {
        var schemaVersion = 1
        var runs: [String]
        var sentences: [String]
        var remarks: [String]
        var verdict: Verdict
    }
}
