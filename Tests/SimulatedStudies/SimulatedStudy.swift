internal import Foundation
import RunEvents
package import Verdicts

/// A study whose truth is known: what an arm has forgotten is `forgets · shape(ℓ)` at target loss ℓ.
///
/// The noise is that of real runs. Every trajectory has its own speed and forgetting (seeds), every
/// record and document is easier or harder, for all arms and for each (items), and every evaluation
/// wavers a little. Evaluations are at 1, 2, 4, 8, 16 and then evenly.
package struct SimulatedStudy {
    /// One arm.
    package struct Arm {
        package var name: String
        /// By rate: what is forgotten on the way, in nats.
        package var forgets: [Double]
        /// Where the loss comes to.
        package var reaches: Double

        package init(_ name: String, forgets: [Double], reaches: Double = 0.3) {
            self.name = name
            self.forgets = forgets
            self.reaches = reaches
        }
    }

    /// The base's loss.
    package static let base = 1.5

    package var arms: [Arm]
    /// Where it is evaluated.
    package var steps = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 100]
    package var seeds: Int
    /// Of a trajectory's forgetting.
    package var seedNoise = 0.06
    /// Of how much an item counts for all arms.
    package var itemNoise = 0.4
    /// How an arm differs from the others on one item.
    package var pairedNoise = 0.2
    package var items = 40

    package init(arms: [Arm], seeds: Int) {
        self.arms = arms
        self.seeds = seeds
    }

    /// A study, and what each arm's items add on the report half to its losses and to its forgetting.
    package struct Made {
        package var input: VerdictInput
        /// By arm and seed: what its trajectories really forget, by rate.
        package var forgets: [[[Double]]]
        /// By arm: factors of the report half.
        package var leftFactor: [Double]
        package var forgottenFactor: [Double]
    }

    /// What is forgotten at a loss, in parts of the whole: it grows ever faster.
    package static func shape(_ loss: Double) -> Double {
        let share = (base - loss) / base
        return 0.4 * share + 0.6 * share * share
    }

    /// How much an arm forgets where it comes to a loss, at the best of its rates that come so far: the
    /// mean over all seeds that may be drawn, of those that come to it.
    package func forgetting(of arm: Int, comingTo loss: Double) -> Double {
        let arm = arms[arm]
        let best = arm.forgets.indices.sorted { arm.forgets[$0] < arm.forgets[$1] }
        var (sum, left) = (0.0, 1.0)
        for rate in best {
            let reaching = left * share(of: arm, rate: rate, reaching: loss)
            sum += reaching * arm.forgets[rate]
            left -= reaching
        }
        // Noise alone brings a curve below the loss to which the arm comes: at the rate that comes farthest.
        return left < 1 ? sum / (1 - left) : arm.forgets[arm.forgets.indices.last ?? 0]
    }

    /// Of all seeds, those that come to a loss within the steps.
    private func share(of arm: Arm, rate: Int, reaching loss: Double) -> Double {
        let progress = (Self.base - loss) / (Self.base - arm.reaches)
        guard progress < 1, let last = steps.last else { return 0 }
        let needed = pow(-log(1 - progress), 1 / Self.pace) / Double(last)
        let late = NormalDistribution.cumulative(log(needed / Self.speed(rate)) / Self.speedNoise)
        return 1 - late
    }

    private static func speed(_ rate: Int) -> Double { 0.05 * Double(1 << min(rate, 3)) }
    private static let speedNoise = 0.1
    private static let pace = 0.7

    /// Draws one.
    package func make(_ random: inout NormalRandom) -> Made {
        let records = ItemKinds(items, of: arms.count, noise: self, &random)
        let documents = ItemKinds(items, of: arms.count, noise: self, &random)
        var made = Made(
            input: VerdictInput(
                learned: Axis(name: "code loss", unit: .nats, parts: [records.part]),
                forgotten: Axis(name: "forgetting", unit: .nats, parts: [documents.part]),
                trajectories: []),
            forgets: arms.map { arm in
                (0..<seeds).map { _ in
                    arm.forgets.map { $0 * (1 + seedNoise * random.normal()) }
                }
            },
            leftFactor: records.reportFactors, forgottenFactor: documents.reportFactors)
        for (index, arm) in arms.enumerated() {
            for rate in arm.forgets.indices {
                for seed in 0..<seeds {
                    let forgets = made.forgets[index][seed][rate]
                    let points = points(
                        arm, index, rate: rate, forgets: forgets, records, documents, &random)
                    made.input.trajectories.append(
                        Trajectory(
                            name: "\(arm.name)-\(rate)-\(seed)", arm: arm.name,
                            learningRate: 1e-4 * Double(1 << rate), seed: UInt64(seed),
                            course: .constant, points: points))
                }
            }
        }
        return made
    }

    private func points(
        _ arm: Arm, _ index: Int, rate: Int, forgets: Double, _ records: ItemKinds,
        _ documents: ItemKinds, _ random: inout NormalRandom
    ) -> [Trajectory.Point] {
        let speed = Self.speed(rate) * exp(Self.speedNoise * random.normal())
        return steps.map { step in
            let progress = 1 - exp(-pow(speed * Double(step), Self.pace))
            let loss = Self.base - (Self.base - arm.reaches) * progress
            let forgotten = forgets * Self.shape(loss)
            let left = records.sums(index, base: 0, change: loss, &random)
            let lost = documents.sums(index, base: 2, change: forgotten, &random)
            return Trajectory.Point(
                step: step, tokens: Double(step) * 2048, seconds: Double(step),
                learned: left.reduce(0, +) / records.total,
                forgotten: lost.reduce(0, +) / documents.total, learnedSums: [left],
                forgottenSums: [lost])
        }
    }
}

/// The items of one axis: how much easier or harder each is, for all and for each arm.
struct ItemKinds {
    let part: Axis.Part
    let total: Double
    /// By arm, item by item; about 1.
    private let factors: [[Double]]

    init(_ count: Int, of arms: Int, noise: SimulatedStudy, _ random: inout NormalRandom) {
        let counts = (0..<count).map { _ in 20 + (30 * random.uniform()).rounded() }
        let common = (0..<count).map { _ in noise.itemNoise * random.normal() }
        factors = (0..<arms).map { _ in
            common.map { 1 + $0 + noise.pairedNoise * random.normal() }
        }
        part = Axis.Part(counts: counts, isSelection: (0..<count).map { $0 % 2 == 0 })
        total = counts.reduce(0, +)
    }

    func sums(
        _ arm: Int, base: Double, change: Double, _ random: inout NormalRandom
    ) -> [Double] {
        let waver = base > 0 && change == 0 ? 1 : 1 + 0.002 * random.normal()
        var sums = part.counts
        for index in sums.indices { sums[index] *= base + change * factors[arm][index] * waver }
        return sums
    }

    /// By arm the mean factor of the report half.
    var reportFactors: [Double] {
        factors.map { factors in
            let reported = factors.indices.filter { !part.isSelection[$0] }
            let weighted = reported.reduce(0) { $0 + part.counts[$1] * factors[$1] }
            return weighted / reported.reduce(0) { $0 + part.counts[$1] }
        }
    }
}

/// Normal numbers by the polar method (Marsaglia and Bray 1964), seeded.
package struct NormalRandom {
    private var state: UInt64
    private var spare: Double?

    package init(seed: UInt64) { state = seed }

    /// In 0..<1, by SplitMix64.
    mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
    }

    mutating func normal() -> Double {
        if let spare {
            self.spare = nil
            return spare
        }
        while true {
            let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
            let square = x * x + y * y
            guard square < 1, square > 0 else { continue }
            let factor = (-2 * log(square) / square).squareRoot()
            spare = y * factor
            return x * factor
        }
    }
}
