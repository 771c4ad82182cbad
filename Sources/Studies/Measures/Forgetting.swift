internal import Evaluation
internal import RunEvents

/// The rise of the source text's loss over the base's own, in nats per token: `Σ (nats - nats of the
/// base) / Σ tokens`, 0 for the base itself.
///
/// The error is that of the difference on the same documents. Its items are those of the source loss.
/// - Reference: PEFT's method comparison (`method_comparison/MetaMathQA`), there on other text.
struct Forgetting: Measure {
    let definition = MetricDefinition.forgetting
    private let loss = SourceLoss()

    func measurements(at point: EvaluationPoint) throws -> [Measurement] {
        try zip(loss.items(of: point.plan), loss.measurements(at: point)).map { set, now in
            let sums = now.sums ?? []
            let before = point.base[set.key]?.sums ?? sums
            let rise = Measurement(set, sums: zip(sums, before).map { $0 - $1 })
            return Measurement(
                key(set.key.task), value: rise.value, error: rise.error, count: rise.count)
        }
    }
}
