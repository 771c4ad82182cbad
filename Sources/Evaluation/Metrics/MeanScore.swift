/// The mean of per-item scores and how sure it is.
package struct MeanScore: Sendable, Equatable {
    package let value: Double
    /// The sample standard deviation (divisor `n - 1`) over the square root of `n`; not a number
    /// for fewer than 2 items.
    package let standardError: Double
    package let count: Int

    /// - Note: The mean of no scores is not a number.
    package init(_ scores: [Double]) {
        let n = Double(scores.count)
        let mean = scores.reduce(0, +) / n
        let squares = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        value = mean
        standardError = scores.count < 2 ? .nan : (squares / (n - 1)).squareRoot() / n.squareRoot()
        count = scores.count
    }

    /// The share of items that are right.
    package init(_ outcomes: [Bool]) {
        self.init(outcomes.map { $0 ? 1 : 0 })
    }
}
