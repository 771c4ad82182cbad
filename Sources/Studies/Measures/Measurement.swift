internal import Evaluation
internal import RunEvents

/// One measured number, not yet tied to an arm and a step.
struct Measurement: Sendable, Equatable {
    let key: MeasureKey
    let value: Double
    /// The standard error over the items; nil where there is none, as for fewer than 2.
    let error: Double?
    /// The items that the value is made of; nil where it is not made of items.
    let count: Int?
    /// What each item of the number's set added; nil where it is no ratio of their sums.
    let sums: [Double]?

    init(
        _ key: MeasureKey, value: Double, error: Double? = nil, count: Int? = nil,
        sums: [Double]? = nil
    ) {
        self.key = key
        self.value = value
        self.error = error
        self.count = count
        self.sums = sums
    }

    /// The ratio of sums over the items of a set: `Σ sums / Σ counts`.
    init(_ set: ItemSet, sums: [Double]) {
        let score = MeanScore(sums: sums, counts: set.counts)
        self.init(
            set.key, value: score.value, error: score.count < 2 ? nil : score.standardError,
            count: score.count, sums: sums)
    }
}
