/// The interval of one accuracy, which holds near 0 and 1 and for few items.
///
/// - Reference: Wilson 1927; recommended for evaluations of few items by Bowyer et al. (2503.01747).
package enum WilsonInterval {
    /// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
    ///
    /// - Parameters:
    ///   - right: Of `count`; need not be whole.
    ///   - count: Above 0.
    /// - Returns: The interval of the share.
    package static func interval(right: Double, of count: Double) -> Interval {
        let z = NormalDistribution.quantile(Interval.upperTail)
        let share = right / count
        let middle = share + z * z / (2 * count)
        let half =
            z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
        let whole = 1 + z * z / count
        return Interval(
            lower: max(0, (middle - half) / whole), upper: min(1, (middle + half) / whole),
            scope: .items)
    }
}
