/// What it took every arm to one level of learning: time, tokens and memory.
package struct CostReading: Codable, Sendable, Equatable {
    /// Of one arm.
    package struct Arm: Codable, Sendable, Equatable {
        package var arm: String
        /// The rates that forget least at the level, ascending: one, but where not all seeds come so
        /// far at the same; none, as the cost, where not every seed can be read there.
        package var learningRates: [Double]
        package var cost: LevelCost?
    }

    /// The level, as a value of the axis of learning.
    package var learned: Double
    package var arms: [Arm]
}

extension CostReading {
    /// At a level, or where none was asked for at the lowest one at which all arms that learn anything
    /// can be read.
    ///
    /// - Returns: nil if there is none.
    init?(_ envelopes: [ArmEnvelope], at asked: Int?, input: VerdictInput, grid: LevelGrid) {
        guard let level = asked ?? Self.lowest(envelopes) else { return nil }
        learned = grid.level(level) * input.learned.sign
        self.arms = envelopes.map { envelope in
            Arm(
                arm: envelope.arm.name,
                learningRates: Set(envelope.learningRates(at: level)).sorted(),
                cost: LevelCost(of: envelope, at: level))
        }
    }

    private static func lowest(_ envelopes: [ArmEnvelope]) -> Int? {
        let learning = envelopes.filter { envelope in
            (0...LevelGrid.last).last(where: envelope.isRead) ?? 0 > PairedGap.fewestLevels
        }
        return (1...LevelGrid.last).last { level in
            !learning.isEmpty && learning.allSatisfy { $0.isRead(level) }
        }
    }
}
