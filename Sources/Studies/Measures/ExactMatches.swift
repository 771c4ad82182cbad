internal import Evaluation
internal import RunEvents

/// The share of the target's questions whose written answer is the gold one, task by task.
struct ExactMatches: ItemMeasure {
    let definition = MetricDefinition.exactMatch

    func items(of plan: EvaluationPlan) -> [ItemSet] {
        plan.generation.map { ItemSet(key($0.name), hashes: $0.hashes, total: $0.total) }
    }

    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double] {
        try point.answers(toTaskOf: set).map { $0.isRight ? 1 : 0 }
    }
}

extension EvaluationPoint {
    /// What the model writes for the task of a set of items.
    func answers(toTaskOf set: ItemSet) throws -> [GenerationTask.Answer] {
        try plan.generation.first { $0.name == set.key.task }.map { try answers(to: $0) } ?? []
    }
}
