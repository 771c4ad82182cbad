internal import Evaluation
internal import RunEvents

/// `acc_norm` of lm-evaluation-harness: as `acc`, by log-likelihood per character, for tasks whose
/// options follow the same context.
struct NormalisedChoiceAccuracy: ItemMeasure {
    let definition = MetricDefinition.normalisedAccuracy

    func items(of plan: EvaluationPlan) -> [ItemSet] {
        plan.choice.filter(\.sharesContext).map {
            ItemSet(key($0.name), hashes: $0.hashes, total: $0.total)
        }
    }

    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double] {
        try point.rightChoices(of: set, by: \.normalisedChoice)
    }
}
