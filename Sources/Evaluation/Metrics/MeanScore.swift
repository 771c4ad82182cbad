internal import Foundation

/// The mean of items and how sure it is.
package struct MeanScore: Sendable, Equatable {
    package let value: Double
    /// Not a number for fewer than 2 items.
    package let standardError: Double
    package let count: Int

    /// The mean of per-item scores.
    ///
    /// The standard error is the sample standard deviation (divisor `n - 1`) over the square root of
    /// `n`.
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

    /// A mean over what the items are made of, such as a loss per token: `R = Σ sums / Σ counts`.
    ///
    /// The items are what would be drawn anew, not their tokens, so the standard error is that of a
    /// ratio: `√(n / (n - 1) · Σ (sum - R · count)²) / Σ counts`; with counts of 1 that of a mean.
    /// - Reference: Cochran, *Sampling Techniques*, 3rd edition, equation 2.39 without the correction
    ///   for a finite population.
    package init(sums: [Double], counts: [Int]) {
        precondition(sums.count == counts.count, "\(sums.count) sums for \(counts.count) items")
        let total = Double(counts.reduce(0, +))
        let ratio = sums.reduce(0, +) / total
        let n = Double(counts.count)
        let squares = zip(sums, counts).reduce(0.0) { squares, item in
            let rest = item.0 - ratio * Double(item.1)
            return squares + rest * rest
        }
        value = ratio
        standardError = counts.count < 2 ? .nan : (n / (n - 1) * squares).squareRoot() / total
        count = counts.count
    }

    private init(value: Double, standardError: Double, count: Int) {
        self.value = value
        self.standardError = standardError
        self.count = count
    }

    /// `exp(value)`; its standard error by the delta method, `exp(value) · SE`.
    package var exponential: MeanScore {
        MeanScore(value: exp(value), standardError: exp(value) * standardError, count: count)
    }
}
