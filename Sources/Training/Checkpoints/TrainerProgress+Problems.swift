internal import Adapters
internal import Datasets

extension Trainer {
    /// All that is impossible about stored counters and positions, given the plan and the data.
    ///
    /// Where the batches stand, and how many rows they had, follows from the steps alone.
    func problems(of stored: TrainerProgress, expecting expected: Checkpoint.Expectation)
        -> [String]
    {
        let planned = settings.schedule.totalSteps
        guard (0...planned).contains(stored.step) else {
            return ["step \(stored.step) of the \(planned) that are planned"]
        }
        var problems: [String] = []
        if let step = expected.step, stored.step != step {
            problems.append("step \(stored.step) in the checkpoint of step \(step)")
        }
        let rate = expected.learningRate ?? settings.learningRate
        if stored.learningRate != rate {
            problems.append("learning rate \(stored.learningRate) instead of \(rate)")
        }
        for (name, value) in [("seconds", stored.seconds), ("flops", stored.flops)]
        where !(value >= 0 && value.isFinite) {
            problems.append("\(name) \(value)")
        }
        return problems + positionProblems(stored)
            + optimizerProblems(stored, mayLackLast: expected.isDiverged)
    }

    private func positionProblems(_ stored: TrainerProgress) -> [String] {
        guard stream.isAt(stored.position, after: stored.step) else {
            return [
                "epoch \(stored.position.epoch) and example \(stored.position.index) after "
                    + "\(stored.step) steps on these data"
            ]
        }
        let rows = stream.rows(before: stored.position)
        guard stored.tokens != rows else { return [] }
        return ["\(stored.tokens) tokens instead of \(rows.map { "\($0)" } ?? "any number")"]
    }

    /// An update that is not finite is not made, and ends the arm; so the last may lack.
    private func optimizerProblems(_ stored: TrainerProgress, mayLackLast: Bool) -> [String] {
        let kept = stored.optimizer
        let updates = stored.step - (tuned.restarts?.stepsBeforeLast(after: stored.step) ?? 0)
        var problems: [String] = []
        if kept.step != updates && !(mayLackLast && kept.step == updates - 1) {
            problems.append("\(kept.step) updates of the optimizer instead of \(updates)")
        }
        // The weights of an average are squares of rates, the largest of which is known.
        let square = kept.largestRate * kept.largestRate
        let rounding = 1 + 1e-9
        let isPossible =
            kept.largestRate >= 0 && square.isFinite && kept.weightSum >= square / rounding
            && kept.weightSum <= square * Double(max(0, kept.step)) * rounding
        if !isPossible {
            problems.append(
                "rates up to \(kept.largestRate) with weights of \(kept.weightSum) together")
        }
        return problems
    }
}
