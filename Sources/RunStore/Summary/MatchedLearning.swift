internal import RunEvents

/// What each arm had forgotten when it had learned equally much.
///
/// Arms move at different speeds, so that comparing them at equal steps misleads. The levels divide
/// the way from the base model's target loss to the lowest one that every arm reached.
package struct MatchedLearning: Codable, Sendable, Equatable {
    /// One arm at the moment it first reached the level, interpolated between evaluations.
    package struct Row: Codable, Sendable, Equatable {
        package var arm: String
        package var step: Double
        package var tokens: Double
        /// Rise of the held-out source text's loss, in nats per token; nil if it was not measured.
        package var forgetting: Double?
        package var retainedAccuracy: Double?
    }

    /// One target loss, and the arms that reached it.
    package struct Level: Codable, Sendable, Equatable {
        /// In nats per token.
        package var targetLoss: Double
        package var rows: [Row]
    }

    /// The target task whose loss is matched.
    package var task: String
    package var levels: [Level]
}

extension MatchedLearning {
    /// The curves of one arm that matter here.
    private struct Arm {
        var name: String
        var targetLoss: [CurvePoint]
        var forgetting: [CurvePoint]?
        var retainedAccuracy: [CurvePoint]?

        init(_ trajectory: TrajectoryState, task: String) {
            name = trajectory.name
            targetLoss = trajectory.curve(.targetLoss, task: task)?.points.finite ?? []
            forgetting = trajectory.curve(.forgetting)?.points.finite
            retainedAccuracy = trajectory.curve(.retainedAccuracy)?.points.finite
        }

        func row(at loss: Double) -> Row? {
            guard let reach = targetLoss.firstReach(of: loss) else { return nil }
            return Row(
                arm: name, step: reach.step, tokens: reach.tokens,
                forgetting: forgetting?.value(atStep: reach.step),
                retainedAccuracy: retainedAccuracy?.value(atStep: reach.step))
        }
    }

    /// Arms that never came below their first loss are left out; without any arm there are no levels.
    init(task: String, trajectories: [TrajectoryState]) {
        self.task = task
        let learned = trajectories.map { Arm($0, task: task) }.filter { arm in
            guard let first = arm.targetLoss.first?.value else { return false }
            return arm.targetLoss.contains { $0.value < first }
        }
        let starts = learned.compactMap { $0.targetLoss.first?.value }
        let bests = learned.compactMap { $0.targetLoss.map(\.value).min() }
        guard let start = starts.min(), let common = bests.max(), common < start else {
            levels = []
            return
        }
        levels = [0.25, 0.5, 0.75, 1].map { share in
            let loss = share == 1 ? common : start + share * (common - start)
            return Level(targetLoss: loss, rows: learned.compactMap { $0.row(at: loss) })
        }
    }
}
