/// Which of an arm's rates stands for one seed at each level: chosen on the selection half of the items,
/// among those that come so far with this seed on the report half.
struct RateChoice: Sendable {
    /// By level the index of the rate; nil where no rate can be read.
    let rates: [Int?]

    /// - Parameters:
    ///   - arm: Whose rates.
    ///   - seed: The seed whose curves have to be readable.
    ///   - chosenOn: The seeds whose mean decides, of those that come so far.
    init(_ arm: ArmTable, for seed: Int, chosenOn: [Int]) {
        let readable = (0...LevelGrid.last).map { level in
            arm.rates.indices.filter { arm.isRead(level, rate: $0, seed: seed) }
        }
        var chosen = readable.indices.map { level in
            readable[level].compactMap { rate in
                Self.mean(arm, rate: rate, level: level, seeds: chosenOn).map { (rate, $0) }
            }
            .min { $0.1 < $1.1 }?.0
        }
        // At the base nothing is forgotten whatever the rate: the level below it decides.
        if let below = chosen[1], readable[0].contains(below) { chosen[0] = below }
        let choices = chosen
        rates = choices.indices.map { level in
            choices[level] ?? Self.nearest(choices, to: level, of: readable[level])
        }
    }

    /// The mean over the seeds that come to a level of what was forgotten on the selection half; nil if
    /// none does.
    private static func mean(_ arm: ArmTable, rate: Int, level: Int, seeds: [Int]) -> Double? {
        let values = seeds.compactMap { arm.cells[rate][$0]?.selection.forgotten[level] }
            .filter { !$0.isNaN }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The choice at the nearest level that has one which can be read here: at the ends of the curves
    /// neither halves nor seeds reach quite the same levels.
    private static func nearest(_ chosen: [Int?], to level: Int, of readable: [Int]) -> Int? {
        guard !readable.isEmpty else { return nil }
        return chosen.indices.sorted { abs($0 - level) < abs($1 - level) }
            .lazy.compactMap { chosen[$0] }.first { readable.contains($0) }
    }
}
