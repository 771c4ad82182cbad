package import Datasets
package import Evaluation
package import RunEvents

/// Everything that is measured at an evaluation point.
package struct EvaluationPlan {
    /// The target domain's name, the task of its loss.
    package let domain: String
    /// Gold answers of the target domain.
    package let target: [TokenizedExample]
    /// Target tasks whose answers the model writes.
    package let generation: [GenerationTask]
    /// Source tasks.
    package let choice: [MultipleChoiceTask]
    /// Held-out source text; may be empty.
    package let text: [TokenizedExample]
}

/// One measured number, not yet tied to an arm and a step.
package struct Measurement: Sendable, Equatable {
    package var kind: ObservationKind
    package var task: String
    package var metric: String
    package var value: Double
    /// The standard error over the items; nil where there is none, as for fewer than 2.
    package var error: Double?
    /// The items that the value is made of; nil where it is not made of items.
    package var count: Int?
}

extension EvaluationPlan {
    /// Measures a model: the target first, then the source.
    ///
    /// - Parameters:
    ///   - scoring: The model and the memory to score it in.
    ///   - baseTextLoss: The base model's loss on the held-out text, nil while measuring the base.
    ///   - progress: Told the task and how many of its items are done; throws to give up.
    /// - Returns: The measurements, in a fixed order.
    /// - Throws: What `progress` throws; `TensorError.outOfMemory`.
    package func measure(
        _ scoring: ScoringContext, baseTextLoss: Double?,
        progress: @escaping (_ task: String, _ done: Int, _ total: Int) throws -> Void
    ) throws -> [Measurement] {
        func context(for task: String) -> ScoringContext {
            scoring.reporting { try progress(task, $0, $1) }
        }
        var result = targetLoss(try AnswerScoring.score(target, context(for: domain)))
        for task in generation {
            let answers = try task.answers(context(for: task.name))
            result += measurements(.target, task.name, task.metrics(of: answers))
        }
        var accuracies: [Double] = []
        for task in choice {
            let scores = try task.scores(context(for: task.name))
            result += measurements(.source, task.name, task.metrics(of: scores))
            accuracies.append(Accuracy.plain(scores, gold: task.gold).value)
        }
        if !accuracies.isEmpty {
            result.append(
                Measurement(
                    kind: .source, task: "", metric: "retained_accuracy",
                    value: Accuracy.retained(accuracies)))
        }
        if !text.isEmpty {
            let loss = try AnswerScoring.score(text, context(for: "text")).loss
            result.append(Measurement(kind: .source, task: "text", metric: "loss", value: loss))
            result.append(
                Measurement(
                    kind: .source, task: "text", metric: "forgetting",
                    value: loss - (baseTextLoss ?? loss)))
        }
        return result
    }

    private func targetLoss(_ score: TextScore) -> [Measurement] {
        [
            Measurement(kind: .target, task: domain, metric: "loss", value: score.loss),
            Measurement(
                kind: .target, task: domain, metric: "bits_per_byte", value: score.bitsPerByte),
        ]
    }

    private func measurements(
        _ kind: ObservationKind, _ task: String, _ metrics: [TaskResult.Metric]
    ) -> [Measurement] {
        metrics.map { metric in
            let score = metric.score
            return Measurement(
                kind: kind, task: task, metric: metric.name, value: score.value,
                error: score.count < 2 ? nil : score.standardError, count: score.count)
        }
    }
}
