/// The trajectories of one arm, rate by seed, read at the levels.
struct ArmTable: Sendable {
    /// One of them.
    struct Cell: Sendable {
        let curve: TrajectoryCurve
        let selection: LevelCurve
        let report: LevelCurve
    }

    /// A bracket resolves a level if it is at most this share of the whole way.
    static let finest = 0.2

    let name: String
    /// Ascending.
    let rates: [Double]
    let seeds: [UInt64]
    /// By rate, then seed; nil for what the grid lacks.
    let cells: [[Cell?]]

    init(_ name: String, _ curves: [TrajectoryCurve], on grids: Grids) {
        let selection = Self.widest(curves.map(\.selection))
        let report = Self.widest(curves.map(\.report))
        let rates = Set(curves.map(\.learningRate)).sorted()
        let seeds = Set(curves.map(\.seed)).sorted()
        self.name = name
        self.rates = rates
        self.seeds = seeds
        cells = rates.map { rate in
            seeds.map { seed in
                curves.first { $0.learningRate == rate && $0.seed == seed }.map { curve in
                    Cell(
                        curve: curve,
                        selection: LevelCurve(
                            curve.selection, on: grids.selection, widest: selection),
                        report: LevelCurve(curve.report, on: grids.report, widest: report))
                }
            }
        }
    }

    /// A fifth of the way from the base's value to the arm's lowest.
    private static func widest(_ halves: [TrajectoryCurve.Half]) -> Double {
        let base = halves.compactMap(\.left.first).max() ?? 0
        let lowest = halves.compactMap(\.lowest).min() ?? 0
        return (base - lowest) * finest
    }

    /// The cells of a rate for these seeds; nil if one is lacking.
    func cells(rate: Int, seeds: [Int]) -> [Cell]? {
        let found = seeds.compactMap { cells[rate][$0] }
        return found.count == seeds.count ? found : nil
    }

    /// The most levels that all these seeds reach, each at some rate.
    func reached(by seeds: [Int]) -> Int { seeds.map(reach(of:)).min() ?? 0 }

    /// The most levels that more than half of these seeds reach, each at some rate.
    func reachedByMost(of seeds: [Int]) -> Int {
        let reached = seeds.map(reach(of:)).sorted()
        return reached.isEmpty ? 0 : reached[(reached.count - 1) / 2]
    }

    /// How many of these seeds reach a level, each at some rate.
    func seedsReaching(_ level: Int, of seeds: [Int]) -> Int {
        seeds.count { reach(of: $0) > level }
    }

    /// How many levels a seed reaches at the rate that comes farthest.
    private func reach(of seed: Int) -> Int {
        rates.indices.compactMap { cells[$0][seed]?.report.reached }.max() ?? 0
    }

    /// The lowest value that all these seeds come down to, each at some rate, on the report half.
    func lowest(by seeds: [Int]) -> Double? {
        let lowest = seeds.map { seed in
            rates.indices.compactMap { cells[$0][seed]?.curve.report.lowest }.min() ?? .infinity
        }
        return lowest.max().flatMap { $0.isFinite ? $0 : nil }
    }

    /// Whether a seed reaches and resolves a level at a rate.
    func isRead(_ level: Int, rate: Int, seed: Int) -> Bool {
        cells[rate][seed].map { !$0.report.forgotten[level].isNaN } ?? false
    }
}
