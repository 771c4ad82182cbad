internal import Evaluation
internal import RunEvents

/// Cross-entropy of the target's gold answers, whole, or of its documents: `Σ nats / Σ tokens`.
///
/// - Reference: Biderman et al., *LoRA Learns Less and Forgets Less*, 2405.09673, measures learning by
///   task scores; the loss of gold answers moves earlier and has less noise.
struct TargetLoss: ItemMeasure {
    let definition = MetricDefinition.targetLoss

    func items(of plan: EvaluationPlan) -> [ItemSet] {
        [ItemSet(key(plan.domain), plan.target, counting: \.tokenCount)]
    }

    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double] {
        try point.targetNats()
    }
}

extension EvaluationPoint {
    /// Σ −log p of each text of the target, in nats.
    func targetNats() throws -> [Double] {
        try nats(of: plan.target, .target, task: plan.domain)
    }
}
