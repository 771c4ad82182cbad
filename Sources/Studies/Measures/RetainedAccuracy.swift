internal import Evaluation
internal import RunEvents

/// The unweighted mean of `acc` over the source tasks.
///
/// Its standard error takes the tasks as fixed and their items as drawn: `√(Σ SE²) / tasks`.
/// - Reference: Biderman et al., *LoRA Learns Less and Forgets Less*, 2405.09673, section 3.3.
struct RetainedAccuracy: Measure {
    let definition = MetricDefinition.retainedAccuracy

    func measurements(at point: EvaluationPoint) throws -> [Measurement] {
        let tasks = try ChoiceAccuracy().measurements(at: point)
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
}
