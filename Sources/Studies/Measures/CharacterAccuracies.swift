internal import Evaluation
internal import RunEvents

/// The mean share of a gold answer's characters that the written answer has at the same place, for
/// tasks in which each of them counts.
struct CharacterAccuracies: ItemMeasure {
    let definition = MetricDefinition.characterAccuracy

    func items(of plan: EvaluationPlan) -> [ItemSet] {
        plan.generation.filter(\.countsCharacters).map {
            ItemSet(key($0.name), hashes: $0.hashes, total: $0.total)
        }
    }

    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double] {
        try point.answers(toTaskOf: set).map { CharacterAccuracy.value($0.text, gold: $0.gold) }
    }
}
