import RunEvents
import Verdicts

extension ArmGroup {
    /// The trajectories that stand for the arm: those at the best of its rates, of the seeds that are
    /// over if any is, and of the longest runs.
    ///
    /// The best rate is the verdict's (`Verdict.best(of:)`). Without one it is the rate with the lowest
    /// loss, of those whose curves are longest.
    func best(by told: ToldVerdict?, loss: MetricChoice) -> ArmGroup {
        let rate =
            told?.verdict.best(of: trajectories[0].judgedName)?.learningRate ?? lowestRate(loss)
        let own = trajectories.filter { $0.identity?.learningRate == rate }
        let begun = own.filter { $0.series(of: loss)?.isEmpty == false }
        let over = begun.filter { $0.state.isFinal && $0.state != .diverged }
        let standing = over.isEmpty ? begun : over
        let length = standing.map(\.plannedSteps).max()
        let longest = standing.filter { $0.plannedSteps == length }
        return longest.isEmpty ? self : ArmGroup(trajectories: longest)
    }

    private func lowestRate(_ loss: MetricChoice) -> Double? {
        let rates = Dictionary(grouping: trajectories) { $0.identity?.learningRate ?? .nan }
        let ways = rates.compactMap { rate, arms -> (rate: Double, length: Int, loss: Double)? in
            let curves = arms.compactMap { $0.series(of: loss)?.points.finite }
            let lowest = curves.compactMap { $0.map(\.value).min() }
            guard let length = curves.compactMap(\.last?.step).max() else { return nil }
            return (rate, length, lowest.reduce(0, +) / Double(lowest.count))
        }
        let longest = ways.map(\.length).max()
        return ways.filter { $0.length == longest }
            .min { ($0.loss, $0.rate) < ($1.loss, $1.rate) }?.rate
    }
}

extension ArmRecord {
    /// What a verdict calls the arm of the study.
    var judgedName: String { trajectory.identity?.studyArm ?? trajectory.name }
}

extension Verdict {
    /// What stands for an arm: its best rate at the level that is read, or else at the lowest to which
    /// all arms come, which the sentences are about; where it does not come so far, at its own lowest.
    func best(of arm: String) -> ArmVerdict.EnvelopePoint? {
        let envelope = arms.first { $0.arm == arm }?.envelope ?? []
        guard let level = level ?? cost?.learned else { return envelope.last }
        return envelope.min { abs($0.learned - level) < abs($1.learned - level) }
    }
}
