/// One of two arms that are compared: which of its rates stands for it at each level.
///
/// With three seeds or more the rate for a seed is chosen on the selection half of the *other* seeds,
/// so that neither its items nor its own luck choose what it reports: the minimum of noisy numbers is
/// biased, and more so for the arm with more rates. With fewer it is chosen on those there are.
struct PairSide: Sendable {
    /// From so many seeds on, one can be left out.
    static let fewestSeeds = 3

    let arm: ArmTable
    /// Which of the arm's seeds both arms have.
    let seeds: [Int]
    /// Chosen on all of them.
    let choice: RateChoice
    /// What stands for each seed.
    let choices: [RateChoice]

    init(_ arm: ArmTable, seeds: [UInt64]) {
        let found = seeds.compactMap { arm.seeds.firstIndex(of: $0) }
        let choice = RateChoice(arm, chosenOn: found, readFor: found)
        self.arm = arm
        self.seeds = found
        self.choice = choice
        choices = found.map { seed in
            found.count < Self.fewestSeeds
                ? choice
                : RateChoice(arm, chosenOn: found.filter { $0 != seed }, readFor: found)
        }
    }

    /// Whether there is a curve for every seed at a level.
    func isRead(_ level: Int) -> Bool { choices.allSatisfy { $0.rates[level] != nil } }

    /// What stands for a seed, counted from 0 among those compared, at a level.
    func cell(seed: Int, level: Int) -> ArmTable.Cell? {
        choices[seed].rates[level].flatMap { arm.cells[$0][seeds[seed]] }
    }

    /// What was forgotten at a level on the report half.
    func forgotten(seed: Int, level: Int) -> Double {
        cell(seed: seed, level: level)?.report.forgotten[level] ?? .nan
    }

    /// The indices of the rates that are best at some of the levels, ascending.
    func best(over levels: ClosedRange<Int>) -> [Int] {
        Set(levels.compactMap { choice.rates[$0] }).sorted()
    }

    /// The indices of the rates that stand for some seed at some of the levels, ascending.
    func used(over levels: ClosedRange<Int>) -> [Int] {
        Set(levels.flatMap { level in choices.compactMap { $0.rates[level] } }).sorted()
    }
}
