/// Which of an arm's rates is best at each level: chosen on the selection half of the items, among
/// those whose curves can be read on the report half.
struct RateChoice: Sendable {
    /// By level the index of the rate; nil where no rate can be read with every seed.
    let rates: [Int?]

    /// - Parameters:
    ///   - arm: Whose rates.
    ///   - chosenOn: The seeds whose mean decides.
    ///   - readFor: The seeds whose curves have to be readable.
    init(_ arm: ArmTable, chosenOn: [Int], readFor: [Int]) {
        var chosen = (0...LevelGrid.last).map { level in
            arm.rates.indices.filter { arm.isRead(level, rate: $0, seeds: readFor) }
                .compactMap { rate in
                    Self.mean(arm, rate: rate, level: level, seeds: chosenOn).map { (rate, $0) }
                }
                .min { $0.1 < $1.1 }?.0
        }
        // At the base nothing is forgotten whatever the rate: the level below it decides.
        if let below = chosen[1], arm.isRead(0, rate: below, seeds: readFor) { chosen[0] = below }
        let choices = chosen
        rates = choices.indices.map { level in
            let canBeRead = { rate in arm.isRead(level, rate: rate, seeds: readFor) }
            guard choices[level] == nil, arm.rates.indices.contains(where: canBeRead) else {
                return choices[level]
            }
            return Self.nearest(choices, to: level, where: canBeRead)
        }
    }

    /// The mean over seeds of what was forgotten on the selection half; nil if it is not known.
    private static func mean(_ arm: ArmTable, rate: Int, level: Int, seeds: [Int]) -> Double? {
        let values = seeds.map { arm.cells[rate][$0]?.selection.forgotten[level] ?? .nan }
        let mean = values.reduce(0, +) / Double(values.count)
        return mean.isNaN ? nil : mean
    }

    /// The choice at the nearest level that has one which can be read here: at the ends of the curves
    /// the halves do not reach quite the same levels.
    private static func nearest(
        _ chosen: [Int?], to level: Int, where canBeRead: (Int) -> Bool
    ) -> Int? {
        chosen.indices.sorted { abs($0 - level) < abs($1 - level) }
            .lazy.compactMap { chosen[$0] }.first(where: canBeRead)
    }
}
