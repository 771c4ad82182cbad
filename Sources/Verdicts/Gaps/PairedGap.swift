/// The difference between what two arms had forgotten when they had learned equally much, over the
/// levels that both reach and resolve, or at one of them.
struct PairedGap: Sendable {
    let first: PairSide
    let second: PairSide
    let seeds: [UInt64]
    /// A run of levels that both arms reach with every seed, and resolve; nil if there is none worth the
    /// name.
    ///
    /// Where one level was asked for, that one alone.
    let levels: ClosedRange<Int>?
    /// The one that was asked for.
    let level: Int?

    /// A shorter common stretch, one part in sixteen of the whole way, says nothing.
    static let fewestLevels = LevelGrid.last / 16

    init(_ first: ArmTable, _ second: ArmTable, at level: Int? = nil) {
        seeds = first.seeds.filter(second.seeds.contains)
        self.first = PairSide(first, seeds: seeds)
        self.second = PairSide(second, seeds: seeds)
        let (a, b) = (self.first.compared, self.second.compared)
        let isRead = { level in a.isRead(level) && b.isRead(level) }
        self.level = level
        levels = level.map { isRead($0) ? $0...$0 : nil } ?? Self.run(of: isRead)
    }

    /// Of the runs that are at least half as long as the longest the one farthest from the base: a gap
    /// between two of them is mostly the first strides, which are long, and what is forgotten comes late.
    private static func run(of isRead: (Int) -> Bool) -> ClosedRange<Int>? {
        var runs: [ClosedRange<Int>] = []
        for level in 0...LevelGrid.last where isRead(level) {
            if let last = runs.last, last.upperBound == level - 1 {
                runs[runs.count - 1] = last.lowerBound...level
            } else {
                runs.append(level...level)
            }
        }
        let longest = runs.map(\.count).max() ?? 0
        return runs.last { 2 * $0.count >= longest && $0.count > fewestLevels }
    }

    /// The gap of each seed: the mean over the levels, by the trapezoidal rule, of what the first arm
    /// had forgotten more than the second (Δ_s of the definitions).
    func gaps(over levels: ClosedRange<Int>) -> [Double] {
        seeds.indices.map { seed in
            let weighed = levels.map { level in
                Self.weight(level, in: levels)
                    * (first.compared.forgotten(seed: seed, level: level)
                        - second.compared.forgotten(seed: seed, level: level))
            }
            return weighed.reduce(0, +) / Double(max(1, levels.count - 1))
        }
    }

    /// The mean over seeds at each level.
    func meanGaps(over levels: ClosedRange<Int>) -> [Double] {
        levels.map { level in
            let gaps = seeds.indices.map {
                first.compared.forgotten(seed: $0, level: level)
                    - second.compared.forgotten(seed: $0, level: level)
            }
            return gaps.reduce(0, +) / Double(gaps.count)
        }
    }

    /// Of the trapezoidal rule; a level alone has all of the weight.
    static func weight(_ level: Int, in levels: ClosedRange<Int>) -> Double {
        let isEnd = level == levels.lowerBound || level == levels.upperBound
        return isEnd && levels.count > 1 ? 0.5 : 1
    }
}
