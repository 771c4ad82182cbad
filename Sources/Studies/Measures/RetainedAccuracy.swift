internal import Evaluation
internal import RunEvents

/// The unweighted mean of `acc` over the source tasks; of tasks without it, of the first number that is a
/// share.
///
/// Its standard error takes the tasks as fixed and their items as drawn: `√(Σ SE²) / tasks`.
/// - Reference: Biderman et al., *LoRA Learns Less and Forgets Less*, 2405.09673, section 3.3.
struct RetainedAccuracy: Measure {
    let definition = MetricDefinition.retainedAccuracy

    func measurements(at point: EvaluationPoint) throws -> [Measurement] {
        let tasks = try point.plan.sourceTasks.compactMap { try accuracy(of: $0, at: point) }
        guard !tasks.isEmpty else { return [] }
        let errors = tasks.compactMap(\.error)
        let squares = errors.reduce(0) { $0 + $1 * $1 }
        return [
            Measurement(
                key(""), value: Accuracy.retained(tasks.map(\.value)),
                error: errors.count < tasks.count
                    ? nil : squares.squareRoot() / Double(tasks.count),
                count: tasks.compactMap(\.count).reduce(0, +))
        ]
    }

    private func accuracy(
        of task: any PreparedTask, at point: EvaluationPoint
    ) throws -> Measurement? {
        let shares = task.measures.filter { $0.quantity == .share && $0.form == .ratio }
        let accuracy = MetricDefinition.accuracy
        guard let measure = shares.first(where: { $0.name == accuracy.name }) ?? shares.first else {
            return nil
        }
        let score = TaskScore(
            definition: measure.name == accuracy.name
                ? accuracy : MetricDefinition(measure, kind: .source))
        return try score.items(of: task).map { try score.measurement(of: $0, at: point) }
    }
}
