internal import RunEvents

/// Numbers that are taken of the same items each time, and what they are of the base.
///
/// A number is named by its task; those of the items at ends as `FinalSeries` says.
struct EvaluationSeries {
    let plan: EvaluationPlan
    /// Whether it is that of the items at ends.
    let isFinal: Bool
    /// The base model's own measurements, by their plain keys.
    var base: [Measurement] = []
    /// How long they take.
    let pace = EvaluationPace()

    /// The items of each number.
    var itemSets: [ItemSet] {
        plainItemSets.map { set in
            var set = set
            set.key = named(set.key)
            return set
        }
    }

    private var plainItemSets: [ItemSet] { Measures.all(of: plan).flatMap { $0.items(of: plan) } }

    /// The numbers under the names of the series.
    func named(_ measurements: [Measurement]) -> [Measurement] {
        measurements.map {
            Measurement(
                named($0.key), value: $0.value, error: $0.error, count: $0.count, sums: $0.sums)
        }
    }

    /// What items are known to add, by plain keys.
    func plain(_ known: [MeasureKey: [Double]]) -> [MeasureKey: [Double]] {
        let keys = plainItemSets.map(\.key)
        return Dictionary(keys.compactMap { key in known[named(key)].map { (key, $0) } }) { $1 }
    }

    /// The name of a task in the series.
    func named(_ task: String) -> String { isFinal ? FinalSeries.named(task) : task }

    private func named(_ key: MeasureKey) -> MeasureKey {
        MeasureKey(kind: key.kind, task: named(key.task), metric: key.metric)
    }
}
