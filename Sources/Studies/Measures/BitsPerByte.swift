internal import Foundation
internal import Evaluation
internal import RunEvents

/// Bits per UTF-8 byte of the target's gold answers, `Σ nats / ln 2 / Σ bytes`: comparable between
/// tokenizers.
struct BitsPerByte: ItemMeasure {
    let definition = MetricDefinition.bitsPerByte

    func items(of plan: EvaluationPlan) -> [ItemSet] {
        [ItemSet(key(plan.domain), plan.target, counting: \.byteCount)]
    }

    func sums(of set: ItemSet, at point: EvaluationPoint) throws -> [Double] {
        try point.targetNats().map { $0 / log(2) }
    }
}
