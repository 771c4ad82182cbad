internal import Datasets
internal import RunEvents
internal import Training

/// What observers are told of a study's choices.
extension Study {
    /// What decides how scores are measured, beside base, tasks and cadence, under the file's keys.
    package var measuredBy: [String: String] {
        let sample = { (limit: Int?) in
            limit.map { "\($0) drawn with seed \(Sample<Never>.seed)" } ?? "all"
        }
        var keys = [
            "evaluate.limit": sample(evaluation.limit),
            "evaluate.generate_limit": sample(evaluation.questionLimit),
            "target.evaluation": (target.evaluation?.description ?? "of the task") + ", whole",
            "target.regime": target.regime.rawValue,
            "target.template": target.template.rawValue,
            "target.show_tests": String(target.shownTests),
            "source.text": source.text.map { $0 + ", document by document" } ?? "none",
            "source.data": source.data ?? "embedded",
        ]
        // What was not there before is told only where it is used, for runs to stay comparable.
        if target.prompts != .template { keys["target.prompts"] = target.prompts.rawValue }
        if let data = target.data { keys["target.data"] = data }
        for (task, count) in evaluation.shots { keys["evaluate.shots.\(task)"] = String(count) }
        if let final = evaluation.finalLimit { keys["evaluate.final_limit"] = sample(final.items) }
        return keys
    }

    /// What was chosen for an arm that trains on so many examples.
    func settings(of arm: Arm, examples: Int) -> ArmSettings {
        let keys = arm.method.keys + arm.embeddings.keys(method: arm.method.name)
        let shape = "\(training.batchSize) x \(training.sequenceLength) tokens a step"
        return ArmSettings(
            method: keys.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
            lossMask: arm.lossMask.description,
            data: "\(examples) examples of \(target.trainedOn), \(shape)",
            schedule: schedule(of: arm))
    }

    /// What an arm's learning rate does after the warm-up.
    func rateCourse(of arm: Arm) -> RateCourse {
        if arm.optimizer.isScheduleFree { return .scheduleFree }
        return switch training.schedule {
        case .constant: .constant
        case .cosine, .linear: .decaying
        }
    }

    private func schedule(of arm: Arm) -> String {
        let shape = arm.optimizer.isScheduleFree ? "constant" : training.schedule.rawValue
        let clip = training.gradientClip.map { ", gradients clipped at \($0)" } ?? ""
        return "\(shape) after \(training.warmupSteps) steps of warm-up" + clip
    }
}
