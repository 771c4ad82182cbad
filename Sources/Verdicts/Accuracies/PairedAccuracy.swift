/// Two models on the same items, item against item.
package struct PairedAccuracy: Codable, Sendable, Equatable {
    package var count: Int
    /// Of the differences a − b.
    package var mean: Double
    /// √(Σ (d − d̄)² / (n (n − 1))) (Miller 2411.00640); of groups of items, clustered.
    package var standardError: Double
    /// Items that the first alone has right, and the second alone.
    package var firstOnly: Int
    package var secondOnly: Int
    /// McNemar's, exact.
    package var p: Double

    /// - Parameters:
    ///   - first: What each item scores: 1 if it is right.
    ///   - second: The same items in the same order.
    ///   - groups: The group of each item, such as the passage that questions are about; nil where
    ///     each stands for itself.
    package init(_ first: [Double], _ second: [Double], groups: [Int]? = nil) {
        precondition(first.count == second.count, "PairedAccuracy: the same items")
        let differences = zip(first, second).map { $0 - $1 }
        count = differences.count
        let sample = Sample(differences)
        mean = sample.mean
        standardError =
            groups.map { Self.clustered(differences, mean: sample.mean, groups: $0) }
            ?? sample.standardError
        firstOnly = differences.count { $0 > 0 }
        secondOnly = differences.count { $0 < 0 }
        p = Self.mcNemar(firstOnly, secondOnly)
    }

    /// mean ± t_{n−1, .975} · SE.
    package var interval: Interval {
        let half =
            StudentT(degrees: Double(max(count - 1, 1))).quantile(Interval.upperTail)
            * standardError
        return Interval(lower: mean - half, upper: mean + half, scope: .items)
    }

    /// min(1, 2 · Σ_{k ≤ min(b, c)} C(b + c, k) / 2^{b + c}).
    package static func mcNemar(_ firstOnly: Int, _ secondOnly: Int) -> Double {
        guard firstOnly != secondOnly else { return 1 }
        let (fewer, more) = (min(firstOnly, secondOnly), max(firstOnly, secondOnly))
        // The sum is the binomial distribution, P(X ≤ k) = I_{1/2}(n − k, k + 1).
        let tail = IncompleteBeta(a: Double(more), b: Double(fewer + 1)).regularised(0.5)
        return min(1, 2 * tail)
    }

    /// √(SE² + n⁻² · Σ_c Σ_{i ≠ j ∈ c} (d_i − d̄)(d_j − d̄)), with the SE of items by themselves.
    private static func clustered(
        _ differences: [Double], mean: Double, groups: [Int]
    ) -> Double {
        let count = Double(differences.count)
        var sums: [Int: (sum: Double, squares: Double)] = [:]
        for (difference, group) in zip(differences, groups) {
            let deviation = difference - mean
            sums[group, default: (0, 0)].sum += deviation
            sums[group, default: (0, 0)].squares += deviation * deviation
        }
        let between = sums.values.reduce(0) { $0 + $1.sum * $1.sum - $1.squares }
        let error = Sample(differences).standardError
        return max(0, error * error + between / (count * count)).squareRoot()
    }
}
