import RunEvents

/// How long a run has still to go, by the pace since it started or was resumed.
struct RunPace {
    /// Steps of all arms together that have to be seen before anything is said.
    private static let firstSteps = 3.0

    let arms: [ArmRecord]
    /// Steps between two evaluations.
    let evaluateEvery: Int

    /// Seconds until no arm that trains now has steps left; nil while that is unknown.
    ///
    /// An arm that has taken no step yet is thought as fast as the others on average.
    var secondsLeft: Double? {
        let seen = arms.compactMap(\.pace)
        let going = arms.filter { !$0.state.isFinal && $0.state != .paused }
        guard !going.isEmpty, seen.reduce(0, { $0 + $1.steps }) >= Self.firstSteps else {
            return nil
        }
        let usual = seen.reduce(0) { $0 + $1.secondsPerStep } / Double(seen.count)
        let left = going.reduce(0) { sum, arm in
            sum + stepsLeft(of: arm) * (arm.pace?.secondsPerStep ?? usual)
                + evaluationsLeft(of: arm) * (arm.evaluationSeconds ?? 0)
        }
        return left > 0 ? left : nil
    }

    private func stepsLeft(of arm: ArmRecord) -> Double {
        max(0, Double(arm.plannedSteps) - Double(arm.step))
    }

    /// Evaluations at the multiples of `evaluateEvery` that are left, and at the arm's end.
    private func evaluationsLeft(of arm: ArmRecord) -> Double {
        let every = Double(max(1, evaluateEvery))
        let all = (Double(arm.plannedSteps) / every).rounded(.up)
        return max(0, all - (Double(arm.step) / every).rounded(.down))
    }
}

extension ArmRecord {
    /// Steps since the run started or was resumed, and what one took.
    struct Pace: Equatable {
        var steps: Double
        var secondsPerStep: Double
    }

    /// nil before the first step since then.
    var pace: Pace? {
        let start = trajectory.start
        let steps = Double(trajectory.step) - Double(start.step)
        guard steps > 0 else { return nil }
        return Pace(
            steps: steps,
            secondsPerStep: max(0, trajectory.trainingSeconds - start.seconds) / steps)
    }
}
