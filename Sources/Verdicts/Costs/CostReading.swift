/// What it took every arm to one level of learning: time, tokens and memory.
package struct CostReading: Codable, Sendable, Equatable {
    /// Of one arm.
    package struct Arm: Codable, Sendable, Equatable {
        package var arm: String
        /// The rate that forgets least at the level; nil, as the cost, where no rate can be read there
        /// with every seed.
        package var learningRate: Double?
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
    init?(_ arms: [ArmTable], at asked: Int?, input: VerdictInput, grid: LevelGrid) {
        let choices = arms.map { arm in
            let seeds = Array(arm.seeds.indices)
            return (arm, seeds, RateChoice(arm, chosenOn: seeds, readFor: seeds))
        }
        guard let level = asked ?? Self.lowest(choices.map(\.2)) else { return nil }
        learned = grid.level(level) * input.learned.sign
        self.arms = choices.map { arm, seeds, choice in
            Arm(
                arm: arm.name, learningRate: choice.rates[level].map { arm.rates[$0] },
                cost: LevelCost(of: arm, choice, seeds: seeds, at: level))
        }
    }

    private static func lowest(_ choices: [RateChoice]) -> Int? {
        let learning = choices.filter { choice in
            choice.rates.lastIndex { $0 != nil } ?? 0 > PairedGap.fewestLevels
        }
        return (1...LevelGrid.last).last { level in
            !learning.isEmpty && learning.allSatisfy { $0.rates[level] != nil }
        }
    }
}
