extension Study {
    /// What is actually trained: an arm at one learning rate, for one length, with one seed.
    package struct Trajectory: Sendable, Equatable {
        /// The arm's name and what tells its trajectories apart (`full-lr1e-3-n300-s2`); unique in
        /// the study.
        package var id: String
        package var arm: Arm
        /// At its peak.
        package var learningRate: Double
        package var steps: Int
        package var seed: UInt64
        /// Which seed of the study this is, counted from 0; 0 for an arm with a seed of its own.
        ///
        /// Trajectories of one round take turns; rounds follow one another.
        package var round: Int
        /// Whether the run got it later.
        package var isAdded: Bool
    }

    /// Every arm at every rate, for every length, with every seed, in this order.
    ///
    /// Neither data nor randomness of a trajectory depend on its id or place, so that those of one
    /// seed are paired.
    package var trajectories: [Trajectory] { arms.flatMap(trajectories) }

    /// The most that a study may have; more are a slip of the pen, and would take ages to name.
    package static let mostTrajectories = 10_000

    /// How many there are, without making them.
    package var trajectoryCount: Int {
        arms.reduce(0) { sum, arm in
            sum + (arm.learningRates + arm.addedLearningRates).count * arm.lengths.count
                * (arm.seed == nil ? (seeds + addedSeeds).count : 1)
        }
    }

    private func trajectories(of arm: Arm) -> [Trajectory] {
        (arm.learningRates + arm.addedLearningRates).flatMap { rate in
            arm.lengths.flatMap { steps in
                (arm.seed.map { [$0] } ?? seeds + addedSeeds).enumerated().map { round, seed in
                    Trajectory(
                        id: id(of: arm, rate, steps, seed), arm: arm, learningRate: rate,
                        steps: steps, seed: seed, round: round,
                        isAdded: round >= seeds.count || !arm.learningRates.contains(rate))
                }
            }
        }
    }

    /// What an arm has only one of is no part of the id; what was added is, so that the others keep
    /// theirs.
    private func id(of arm: Arm, _ rate: Double, _ steps: Int, _ seed: UInt64) -> String {
        let isOneRate = arm.learningRates == [rate]
        let isOneSeed = arm.seed != nil || seeds == [seed]
        return arm.name + (!isOneRate ? "-lr" + Self.text(ofRate: rate) : "")
            + (arm.lengths.count > 1 ? "-n\(steps)" : "")
            + (!isOneSeed ? "-s\(seed)" : "")
    }

    /// A positive number in the fewest digits that mean it, with an exponent: `1e-3`, `2.5e-4`.
    package static func text(ofRate rate: Double) -> String {
        // Swift writes the fewest digits, in one of the forms 0.00025, 2.5, 1000.0, 2.5e-05.
        let parts = rate.description.split(separator: "e")
        let places = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let digits = places.joined().drop { $0 == "0" }
        let shift = places.joined().count - digits.count
        let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + places[0].count - 1 - shift
        let mantissa = digits.reversed().drop { $0 == "0" }.reversed()
        let fraction = String(mantissa.dropFirst())
        return String(mantissa.prefix(1)) + (fraction.isEmpty ? "" : "." + fraction)
            + "e\(exponent)"
    }
}
