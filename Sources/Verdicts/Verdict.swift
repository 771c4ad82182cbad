/// Which arms forget less at equal learning, how sure that is, and what it rests on.
///
/// The definitions and formulas are those of the field, by part: levels by running minima that are
/// never extrapolated (`LevelGrid`), the best rate chosen on one half of the items and reported on the
/// other (`RateChoice`, `PairSide`), gaps paired by seed (`PairedGap`), intervals (`GapEstimate`), and
/// what they decide (`Decision`).
package struct Verdict: Codable, Sendable, Equatable {
    /// One of the two numbers.
    package struct Measured: Codable, Sendable, Equatable {
        package var name: String
        package var unit: Axis.Unit
        package var isHigherBetter: Bool
        package var tolerance: Double
        /// Items of the report half; 0 if they were not kept.
        package var items: Int
    }

    package var basis: VerdictBasis
    package var learned: Measured
    package var forgotten: Measured
    /// Whether rates were chosen on other items than are reported.
    package var choosesApart: Bool
    package var arms: [ArmVerdict]
    /// The value of learning at which arms are compared, if one was asked for.
    package var level: Double?
    /// Every pair once.
    package var pairs: [PairVerdict]
    package var budget: BudgetReading?
    package var cost: CostReading?
    /// Seeds that are left out because their trajectories still go on, while others are over.
    package var running: [UInt64]
    /// Whether all that is judged is over.
    package var isFinal: Bool
}

extension Verdict {
    /// - Throws: `VerdictError`.
    package init(_ input: VerdictInput, settings: VerdictSettings = VerdictSettings()) throws {
        let basis = try VerdictBasis(of: input.trajectories)
        let hasItems = input.hasItems
        let all = Self.curves(input, isEnds: basis == .ends, hasItems: hasItems)
        let (curves, running) = Self.settled(all)
        var grids = Grids(of: curves)
        let level = try grids.choose(settings.level, of: input.learned)
        let tables = Self.order(input).compactMap { arm in
            let own = curves.filter { $0.arm == arm }
            return own.isEmpty ? nil : ArmTable(arm, own, on: grids)
        }
        guard tables.count > 1 else {
            throw VerdictError.nothingToCompare(arms: tables.map(\.name))
        }
        self.basis = basis
        self.running = running
        isFinal = curves.allSatisfy(\.isOver)
        learned = Measured(input.learned, hasItems: hasItems)
        forgotten = Measured(input.forgotten, hasItems: hasItems)
        choosesApart = hasItems
        self.level = level.map { grids.report.level($0) * input.learned.sign }
        let envelopes = tables.map { ArmEnvelope($0, seeds: Array($0.seeds.indices)) }
        arms = envelopes.map { ArmVerdict($0, input: input, grid: grids.report, level: level) }
        cost = CostReading(envelopes, at: level, input: input, grid: grids.report)
        pairs = []
        budget = nil
        let draws = hasItems ? Resampling(input, settings) : nil
        judge(
            tables, at: level, input: input, grid: grids.report, draws: draws, settings: settings)
    }

    private mutating func judge(
        _ tables: [ArmTable], at level: Int?, input: VerdictInput, grid: LevelGrid,
        draws: Resampling?, settings: VerdictSettings
    ) {
        var random = ResampleRandom(seed: settings.seed &+ 1)
        let gaps = tables.indices.flatMap { first in
            tables[(first + 1)...].map { PairedGap(tables[first], $0, at: level) }
        }
        let curves = draws.map { ResampledCurves(gaps, input: input, draws: $0, grid: grid) }
        pairs = gaps.map { pair in
            PairJudgement(
                pair: pair, input: input, grid: grid, curves: curves,
                itemCount: draws?.fewestItems ?? 0
            ).verdict(random: &random)
        }
        settle()
        budget = settings.budget.map { budget in
            BudgetReading(
                budget: budget, arms: tables, input: input, draws: draws?.learned,
                random: &random)
        }
    }

    /// Holm's correction over all pairs, and then the words.
    private mutating func settle() {
        let tested = pairs.indices.filter { pairs[$0].decision?.p != nil }
        let adjusted = Holm.adjusted(tested.compactMap { pairs[$0].decision?.p })
        for (index, p) in zip(tested, adjusted) { pairs[index].decision?.adjust(p: p) }
        for index in pairs.indices { pairs[index].settleWord() }
    }

    // MARK: - Curves

    /// The arms in the order in which they come.
    private static func order(_ input: VerdictInput) -> [String] {
        var seen: Set<String> = []
        return input.trajectories.map(\.arm).filter { seen.insert($0).inserted }
    }

    private struct CurveKey: Hashable {
        var arm: String
        var rate: Double
        var seed: UInt64
    }

    private static func curves(_ input: VerdictInput, isEnds: Bool, hasItems: Bool)
        -> [TrajectoryCurve]
    {
        Dictionary(grouping: input.trajectories.filter { !$0.points.isEmpty }) {
            CurveKey(arm: $0.arm, rate: $0.learningRate, seed: $0.seed)
        }
        .values.map { TrajectoryCurve(of: $0, isEnds: isEnds, in: input, hasItems: hasItems) }
    }

    /// Without the seeds that are on their way, if there are others.
    private static func settled(_ curves: [TrajectoryCurve]) -> (
        [TrajectoryCurve], running: [UInt64]
    ) {
        let running = Set(curves.filter { !$0.isOver }.map(\.seed))
        let over = curves.filter { !running.contains($0.seed) }
        return over.isEmpty ? (curves, []) : (over, running.sorted())
    }
}

extension Grids {
    /// Sets one level of the report half to a value of the axis of learning, and tells its number.
    ///
    /// - Throws: `VerdictError.level` for one that no trajectory comes to.
    fileprivate mutating func choose(_ value: Double?, of axis: Axis) throws -> Int? {
        guard let value else { return nil }
        guard let chosen = report.choosing(value * axis.sign) else {
            throw VerdictError.level(
                value, from: report.base * axis.sign, to: report.lowest * axis.sign)
        }
        report = chosen.grid
        return chosen.index
    }
}

extension Verdict.Measured {
    fileprivate init(_ axis: Axis, hasItems: Bool) {
        name = axis.name
        unit = axis.unit
        isHigherBetter = axis.isHigherBetter
        tolerance = axis.tolerance
        items =
            hasItems
            ? axis.parts.reduce(0) { $0 + $1.isSelection.count { !$0 } } : 0
    }
}

extension PairVerdict {
    /// The word of a pair that can be compared, from what is left of its claim.
    fileprivate mutating func settleWord() {
        guard let decision else { return }
        if seeds.count < PairSide.fewestSeeds {
            word = .undecidedBeyondSeeds
        } else {
            word =
                switch decision.accepted {
                case .less: .firstForgetsLess
                case .more: .secondForgetsLess
                case .tie: .tie
                case nil: .undecided
                }
        }
    }
}
