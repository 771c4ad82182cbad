/// What an arm can do at the best of its rates, seed by seed.
///
/// A seed is read, at each level, at the best rate that comes so far *with this seed*. Where the best
/// rate of all ends, each seed goes over to the next one where its own curve ends: when that is depends
/// on its own luck alone, so that the spread over seeds knows of it.
struct ArmEnvelope: Sendable {
    let arm: ArmTable
    /// Which of the arm's seeds.
    let seeds: [Int]
    /// What stands for each.
    let choices: [RateChoice]

    /// - Parameters:
    ///   - arm: Whose rates.
    ///   - seeds: Which of its seeds.
    ///   - leavesOneOut: Whether the rate for a seed is chosen on the others.
    init(_ arm: ArmTable, seeds: [Int], leavesOneOut: Bool = false) {
        self.arm = arm
        self.seeds = seeds
        choices = seeds.map { seed in
            RateChoice(
                arm, for: seed,
                chosenOn: leavesOneOut ? seeds.filter { $0 != seed } : seeds)
        }
    }

    /// Whether there is a curve for every seed at a level.
    func isRead(_ level: Int) -> Bool {
        !choices.isEmpty && choices.allSatisfy { $0.rates[level] != nil }
    }

    /// What stands for a seed, counted from 0, at a level.
    func cell(seed: Int, level: Int) -> ArmTable.Cell? {
        choices[seed].rates[level].flatMap { arm.cells[$0][seeds[seed]] }
    }

    /// What was forgotten at a level on the report half.
    func forgotten(seed: Int, level: Int) -> Double {
        cell(seed: seed, level: level)?.report.forgotten[level] ?? .nan
    }

    /// By seed the rate that stands for it at a level; empty where not every seed has one.
    func learningRates(at level: Int) -> [Double] {
        isRead(level) ? choices.compactMap { $0.rates[level].map { arm.rates[$0] } } : []
    }

    /// The indices of the rates that stand for some seed at some of the levels, ascending.
    func rates(over levels: ClosedRange<Int>) -> [Int] {
        Set(levels.flatMap { level in choices.compactMap { $0.rates[level] } }).sorted()
    }

    /// The first of the levels from which on every seed stands at the highest of several rates; nil if
    /// that is none of them, or all.
    func startOfLastRate(in levels: ClosedRange<Int>) -> Int? {
        let last = arm.rates.count - 1
        let other = levels.last { level in choices.contains { $0.rates[level] != last } }
        guard last > 0, let other, other < levels.upperBound else { return nil }
        return other + 1
    }

    /// The levels at which seeds stand at different rates.
    func mixed(over levels: ClosedRange<Int>) -> [Int] {
        levels.filter { level in Set(choices.map { $0.rates[level] }).count > 1 }
    }
}
