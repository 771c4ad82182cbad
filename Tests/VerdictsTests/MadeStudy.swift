import RunEvents

@testable import Verdicts

/// Small studies by hand: curves that are given, and items that all agree with them.
enum MadeStudy {
    /// A curve: the loss, and what was forgotten, at steps 0, 1, 2...
    typealias Curve = [(left: Double, forgotten: Double)]

    /// Evenly from 1.5 down to a loss, forgetting `slope` nats for each nat learned.
    static func line(to lowest: Double, slope: Double, points: Int = 13) -> Curve {
        (0..<points).map { point in
            let left = 1.5 + (lowest - 1.5) * Double(point) / Double(points - 1)
            return (left, slope * (1.5 - left))
        }
    }

    static func trajectory(
        _ arm: String, rate: Double = 1e-3, seed: UInt64 = 0, _ curve: Curve,
        course: RateCourse? = .constant, isOver: Bool = true, hasItems: Bool = true
    ) -> Trajectory {
        Trajectory(
            name: "\(arm)-lr\(rate)-s\(seed)", arm: arm, learningRate: rate, seed: seed,
            course: course, isOver: isOver,
            points: curve.enumerated().map { step, point in
                Trajectory.Point(
                    step: step, tokens: Double(step) * 100, seconds: Double(step),
                    learned: point.left, forgotten: 2 + point.forgotten,
                    learnedSums: hasItems ? [sums(point.left)] : [],
                    forgottenSums: hasItems ? [sums(2 + point.forgotten)] : [])
            })
    }

    private static let count = 8

    /// Every item of 10 tokens.
    private static func sums(_ mean: Double) -> [Double] {
        [Double](repeating: mean * 10, count: count)
    }

    static func input(_ trajectories: [Trajectory]) -> VerdictInput {
        let part = Axis.Part(
            counts: [Double](repeating: 10, count: count),
            isSelection: (0..<count).map { $0.isMultiple(of: 2) })
        return VerdictInput(
            learned: Axis(name: "code loss", unit: .nats, parts: [part]),
            forgotten: Axis(name: "forgetting", unit: .nats, parts: [part]),
            trajectories: trajectories)
    }

    static func verdict(_ trajectories: [Trajectory], budget: Double? = nil) throws -> Verdict {
        try Verdict(input(trajectories), settings: VerdictSettings(budget: budget, draws: 100))
    }

    /// One arm with these slopes of forgetting, one a seed.
    static func arm(
        _ name: String, rate: Double = 1e-3, slopes: [Double], to lowest: Double = 0.3
    ) -> [Trajectory] {
        slopes.enumerated().map { seed, slope in
            trajectory(name, rate: rate, seed: UInt64(seed), line(to: lowest, slope: slope))
        }
    }
}
