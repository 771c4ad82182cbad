/// The other way round: the most that each arm can learn with a budget of forgetting.
package struct BudgetReading: Codable, Sendable, Equatable {
    /// One point of a trajectory: what a checkpoint of that step would be.
    package struct Place: Codable, Sendable, Equatable {
        package var trajectory: String
        package var seed: UInt64
        package var step: Int
        /// On the report half of the items.
        package var learned: Double
        /// Over all items, in the unit of its axis; at most the budget.
        package var forgotten: Double
    }

    /// The best of one arm.
    package struct Arm: Codable, Sendable, Equatable {
        package var arm: String
        package var learningRate: Double
        /// The mean over seeds of what was learned.
        package var learned: Double
        /// One a seed.
        package var places: [Place]
        /// The place to take a checkpoint from: the one that is best on the selection half.
        package var best: Place
    }

    /// The difference between two arms: what the first had left to learn, less the second's.
    package struct Pair: Codable, Sendable, Equatable {
        package var first: String
        package var second: String
        package var gap: GapEstimate
        package var decision: Decision
        /// Of accuracies with one seed: item against item; nil otherwise.
        package var items: PairedAccuracy?
    }

    /// What is said of a pair.
    package enum Word: String, Codable, Sendable {
        case firstLearnsMore, secondLearnsMore, tie, undecided, undecidedBeyondSeeds
    }

    package var budget: Double
    /// The best first.
    package var arms: [Arm]
    package var pairs: [Pair]
}

extension BudgetReading.Pair {
    /// What is left of the claim.
    package var word: BudgetReading.Word {
        if gap.gaps.count < PairSide.fewestSeeds { return .undecidedBeyondSeeds }
        return switch decision.accepted {
        case .less: .firstLearnsMore
        case .more: .secondLearnsMore
        case .tie: .tie
        case nil: .undecided
        }
    }
}
