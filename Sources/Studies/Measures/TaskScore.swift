internal import Evaluation
internal import RunEvents

/// A number of the tasks of one axis, such as `acc` of the source tasks: the ratio of what their items
/// add to it.
struct TaskScore: ItemMeasure {
    let definition: MetricDefinition

    func items(of plan: EvaluationPlan) -> [ItemSet] {
        plan.tasks(definition.kind).compactMap { items(of: $0) }
    }

    /// The items of one task; nil if it has no such number.
    func items(of task: any PreparedTask) -> ItemSet? {
        measure(of: task).map {
            ItemSet(
                key: key(task.name), hashes: task.hashes, counts: $0.measure.counts,
                total: task.total)
        }
    }

    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double] {
        guard
            let task = point.plan.tasks(definition.kind).first(where: { $0.name == set.key.task }),
            let index = measure(of: task)?.index
        else { return [] }
        return try point.scores(of: task, definition.kind).sums[index]
    }

    private func measure(of task: any PreparedTask) -> (index: Int, measure: TaskMeasure)? {
        task.measures.enumerated().first {
            $0.element.name == definition.name && $0.element.form == .ratio
        }.map { ($0.offset, $0.element) }
    }
}

extension MetricDefinition {
    /// A task's number that lethe has no other definition of.
    init(_ measure: TaskMeasure, kind: ObservationKind) {
        let (unit, direction, values): (String, Direction, Values) =
            switch measure.quantity {
            case .share: ("", .higherIsBetter, .share)
            case .loss: ("nats/token", .lowerIsBetter, .positive)
            case .bits: ("bits/byte", .lowerIsBetter, .positive)
            case .count: ("", .neutral, .positive)
            }
        self.init(
            name: measure.name, kind: kind, unit: unit, direction: direction, values: values,
            scope: .task, summary: measure.summary)
    }
}
