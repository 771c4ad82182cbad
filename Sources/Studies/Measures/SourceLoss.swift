internal import Evaluation
internal import RunEvents

/// Cross-entropy of the held-out source text, each document by itself: `Σ nats / Σ tokens`.
struct SourceLoss: ItemMeasure {
    let definition = MetricDefinition.sourceLoss

    func items(of plan: EvaluationPlan) -> [ItemSet] {
        plan.text.map { [ItemSet(key(MetricDefinition.textTask), $0, counting: \.tokenCount)] }
            ?? []
    }

    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double] {
        try point.plan.text.map { try point.nats(of: $0, .source, task: MetricDefinition.textTask) }
            ?? []
    }
}
