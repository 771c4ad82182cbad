import RunEvents

/// How far the seeds of an arm lie apart at one place.
///
/// From four seeds on it is from the first to the third quartile, with fewer from the lowest to the
/// highest; a seed alone has none.
enum SeedBand {
    /// The fewest values that have quartiles.
    static let quartileSeeds = 4

    /// What the help says of it.
    static let rule = "the middle half of the seeds, under \(quartileSeeds) seeds all of them"

    /// The points of the steps that all curves have, curve by curve.
    static func met(_ curves: [[CurvePoint]]) -> [[CurvePoint]] {
        var next = curves.map { _ in 0 }
        return (curves.first ?? []).compactMap { point in
            for index in curves.indices {
                while next[index] < curves[index].count,
                    curves[index][next[index]].step < point.step
                { next[index] += 1 }
                guard next[index] < curves[index].count,
                    curves[index][next[index]].step == point.step
                else { return nil }
            }
            return curves.indices.map { curves[$0][next[$0]] }
        }
    }

    /// - Returns: nil for fewer than two values.
    static func ends(of values: [Double]) -> (low: Double, high: Double)? {
        let sorted = values.filter(\.isFinite).sorted()
        guard sorted.count == values.count, sorted.count > 1 else { return nil }
        guard sorted.count >= quartileSeeds else { return (sorted[0], sorted[sorted.count - 1]) }
        return (quantile(0.25, of: sorted), quantile(0.75, of: sorted))
    }

    /// By linear interpolation between the order statistics (Hyndman and Fan's definition 7, 1996).
    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let index = min(Int(place), sorted.count - 2)
        return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
    }
}
