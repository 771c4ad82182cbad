/// What a verdict knows of one arm by itself.
package struct ArmVerdict: Codable, Sendable, Equatable {
    /// What the arm can do at the best of its rates, at one level.
    package struct EnvelopePoint: Codable, Sendable, Equatable {
        /// The value of the axis of learning.
        package var learned: Double
        /// By seed: the best rate that comes so far.
        package var learningRates: [Double]
        /// By seed, on the report half of the items.
        package var forgotten: [Double]

        /// The rate of most seeds; of several with equally many, the lowest.
        package var learningRate: Double? {
            let seeds = Dictionary(grouping: learningRates) { $0 }.mapValues(\.count)
            return seeds.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }
    }

    /// One of its rates: where its trajectories came to, by seed.
    package struct Rate: Codable, Sendable, Equatable {
        package var learningRate: Double
        package var seeds: [UInt64]
        /// The best value of learning, and what was forgotten there; over all items.
        package var learned: [Double]
        package var forgotten: [Double]
        /// What had been forgotten at the level that was asked for, of the seeds that can be read
        /// there, on the report half; nil if none was.
        package var forgottenAtLevel: [Double]?
    }

    /// A trajectory that was broken off, and at which step.
    package struct Break: Codable, Sendable, Equatable {
        package var learningRate: Double
        package var seed: UInt64
        package var step: Int
    }

    package var arm: String
    package var rates: [Rate]
    /// Trajectories that came to numbers that are not finite.
    package var divergences: [Break]
    /// Trajectories whose rate a command changed.
    package var rateChanges: [Break]
    /// From the base down, where the arm can be read with every seed.
    package var envelope: [EnvelopePoint]
}

extension ArmVerdict {
    /// Of what the arm can do with all of its seeds.
    init(_ envelope: ArmEnvelope, input: VerdictInput, grid: LevelGrid, level: Int?) {
        let table = envelope.arm
        arm = table.name
        rates = table.rates.indices.map { rate in
            Rate(table.cells[rate].compactMap { $0 }, of: table.rates[rate], input, at: level)
        }
        divergences = Self.breaks(table, \.divergence)
        rateChanges = Self.breaks(table, \.rateChange)
        self.envelope = Self.points(of: envelope, input: input, grid: grid)
    }

    private static func breaks(
        _ table: ArmTable, _ step: (TrajectoryCurve) -> Int?
    ) -> [Break] {
        table.cells.joined().compactMap { cell in
            guard let curve = cell?.curve, let step = step(curve) else { return nil }
            return Break(learningRate: curve.learningRate, seed: curve.seed, step: step)
        }
    }

    private static func points(
        of envelope: ArmEnvelope, input: VerdictInput, grid: LevelGrid
    ) -> [EnvelopePoint] {
        (0...LevelGrid.last).filter(envelope.isRead).map { level in
            EnvelopePoint(
                learned: grid.level(level) * input.learned.sign,
                learningRates: envelope.learningRates(at: level),
                forgotten: envelope.seeds.indices.map { envelope.forgotten(seed: $0, level: level) }
            )
        }
    }
}

extension ArmVerdict.Rate {
    fileprivate init(
        _ cells: [ArmTable.Cell], of rate: Double, _ input: VerdictInput, at level: Int?
    ) {
        let reached = cells.map(\.curve).compactMap { curve in
            curve.whole.left.indices.min { curve.whole.left[$0] < curve.whole.left[$1] }
                .map { (curve, $0) }
        }
        learningRate = rate
        seeds = reached.map(\.0.seed)
        learned = reached.map { $0.whole.left[$1] * input.learned.sign }
        forgotten = reached.map { $0.whole.forgotten[$1] }
        forgottenAtLevel = level.map { level in
            cells.map { $0.report.forgotten[level] }.filter { !$0.isNaN }
        }
    }
}
