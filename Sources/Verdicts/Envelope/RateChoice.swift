/// Which of an arm's rates stands for one seed at each level: of those that come so far with this seed on
/// the report half of the items the best on the selection half.
struct RateChoice: Sendable {
    /// By level the index of the rate; nil where no rate can be read.
    let rates: [Int?]

    /// - Parameters:
    ///   - arm: Whose rates.
    ///   - seed: The seed whose curves have to be readable.
    ///   - chosenOn: The seeds whose mean decides, of those that come so far; where none does, the seed
    ///     itself.
    init(_ arm: ArmTable, for seed: Int, chosenOn: [Int]) {
        let curves = arm.rates.indices.map { rate in
            SelectionCurve(arm.cells[rate], seeds: chosenOn, otherwise: seed)
        }
        rates = (0...LevelGrid.last).map { level in
            let readable = arm.rates.indices.filter { arm.isRead(level, rate: $0, seed: seed) }
            return Self.best(of: readable, curves, at: level)
        }
    }

    /// The halves do not come to quite the same levels, for their records are of different difficulty:
    /// where the selection half lacks one of the rates, its nearest level that has them all decides.
    private static func best(of rates: [Int], _ curves: [SelectionCurve], at level: Int) -> Int? {
        guard rates.count > 1 else { return rates.first }
        let compared = nearestFirst(to: level).first { level in
            rates.allSatisfy { !curves[$0].forgotten[level].isNaN }
        }
        guard let compared else { return rates.first }
        return rates.min { curves[$0].forgotten[compared] < curves[$1].forgotten[compared] }
    }

    /// All levels but the base's, where nothing is forgotten whatever the rate.
    private static func nearestFirst(to level: Int) -> some Sequence<Int> {
        (0...LevelGrid.last).lazy.flatMap { $0 == 0 ? [level] : [level - $0, level + $0] }
            .filter { (1...LevelGrid.last).contains($0) }
    }
}

/// What one rate had forgotten at each level on the selection half.
private struct SelectionCurve {
    /// The mean over the seeds that come to the level; `nan` if none does.
    let forgotten: [Double]

    init(_ cells: [ArmTable.Cell?], seeds: [Int], otherwise seed: Int) {
        forgotten = (0...LevelGrid.last).map { level in
            let values = seeds.compactMap { cells[$0]?.selection.forgotten[level] }
                .filter { !$0.isNaN }
            return values.isEmpty
                ? cells[seed]?.selection.forgotten[level] ?? .nan
                : values.reduce(0, +) / Double(values.count)
        }
    }
}
