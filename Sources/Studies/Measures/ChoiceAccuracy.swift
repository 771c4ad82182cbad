internal import Evaluation
internal import RunEvents

/// `acc` of lm-evaluation-harness: the share of a source task's items whose most likely option is right.
struct ChoiceAccuracy: ItemMeasure {
    let definition = MetricDefinition.accuracy

    func items(of plan: EvaluationPlan) -> [ItemSet] {
        plan.choice.map { ItemSet(key($0.name), hashes: $0.hashes, total: $0.total) }
    }

    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double] {
        try point.rightChoices(of: set, by: \.choice)
    }
}

extension EvaluationPoint {
    /// 1 for every item of a task whose gold option is the chosen one.
    func rightChoices(
        of set: ItemSet, by choice: KeyPath<OptionScores, Int?>
    ) throws -> [Double] {
        guard let task = plan.choice.first(where: { $0.name == set.key.task }) else { return [] }
        return zip(try scores(of: task), task.gold).map { $0[keyPath: choice] == $1 ? 1 : 0 }
    }
}
