/// One number of one trajectory over the steps at which it was measured, a point a step; a later
/// value of a step replaces the earlier one.
///
/// Evaluations are kept exactly. Of numbers of every training step at most `limit` points are kept:
/// beyond that, buckets of 2, 4, 8, ... steps keep their first, lowest, highest and last point (M4,
/// Jugel et al., VLDB 2014), so that a line through them shows every spike.
package struct Curve: Sendable, Equatable {
    /// More points than any screen has columns, by far.
    package static let limit = 8192
    /// Points that an array still takes in its middle without delay.
    private static let short = 8192

    /// Ascending by step.
    private var ordered: [CurvePoint] = []
    /// Points of earlier steps that came later to a long curve, in the order in which they came.
    private var late: [CurvePoint] = []
    /// The points of a bucket agree in all but so many of the lowest bits of their steps.
    private(set) var shift = 0
    let isBounded: Bool

    /// - Parameter isBounded: Whether points may be left out beyond `limit`.
    package init(isBounded: Bool = false) { self.isBounded = isBounded }

    /// A stored curve; nil if no measurements can have led to it.
    init?(points: [CurvePoint], shift: Int, isBounded: Bool) {
        let isAscending = zip(points, points.dropFirst()).allSatisfy { $0.step < $1.step }
        let isShort = isBounded ? points.count <= Self.limit : shift == 0
        guard isAscending, isShort, (0..<Int.bitWidth).contains(shift) else { return nil }
        (ordered, self.shift, self.isBounded) = (points, shift, isBounded)
    }

    /// The points, ascending by step.
    package var points: [CurvePoint] { late.isEmpty ? ordered : merged }

    /// Whether points were left out.
    package var isThinned: Bool { shift > 0 }

    package var isEmpty: Bool { ordered.isEmpty }

    /// Takes in a measurement.
    package mutating func add(_ point: CurvePoint) {
        guard let last = ordered.last, point.step <= last.step else {
            ordered.append(point)
            return limitLength()
        }
        if point.step == last.step {
            ordered[ordered.count - 1] = point
        } else if ordered.count <= Self.short {
            insert(point)
        } else {
            late.append(point)
            if late.count > ordered.count / 16 { (ordered, late) = (merged, []) }
        }
    }

    private mutating func insert(_ point: CurvePoint) {
        let index = ordered.firstIndex(fromStep: Double(point.step))
        if ordered[index].step == point.step {
            ordered[index] = point
        } else {
            ordered.insert(point, at: index)
            limitLength()
        }
    }

    /// All points in order; the sort is stable, so that of one step the latest stands last.
    private var merged: [CurvePoint] {
        let all = (ordered + late).sorted { $0.step < $1.step }
        return all.indices.filter { $0 + 1 == all.count || all[$0 + 1].step > all[$0].step }
            .map { all[$0] }
    }
}

/// A curve with what it is of.
package struct MeasuredCurve: Codable, Sendable, Equatable {
    package let key: MeasureKey
    package internal(set) var curve: Curve
}

// MARK: - Thinning

extension Curve {
    /// Half the limit is kept, so that the work for a point does not grow with the curve.
    private mutating func limitLength() {
        guard isBounded, ordered.count > Self.limit else { return }
        ordered = buckets
        while ordered.count > Self.limit / 2, shift < Int.bitWidth - 1 {
            shift += 1
            ordered = buckets
        }
    }

    /// What stays of every bucket.
    private var buckets: [CurvePoint] {
        var kept: [CurvePoint] = []
        kept.reserveCapacity(ordered.count)
        var start = 0
        while start < ordered.count {
            let bucket = ordered[start].step >> shift
            var end = start + 1
            while end < ordered.count, ordered[end].step >> shift == bucket { end += 1 }
            kept += Self.outline(of: ordered[start..<end])
            start = end
        }
        return kept
    }

    /// The first, the last, the lowest and the highest point, and the first that is no number.
    private static func outline(of bucket: ArraySlice<CurvePoint>) -> [CurvePoint] {
        guard bucket.count > 2 else { return Array(bucket) }
        let finite = bucket.indices.filter { bucket[$0].value.isFinite }
        let places = [
            bucket.startIndex, bucket.endIndex - 1,
            finite.min { bucket[$0].value < bucket[$1].value },
            finite.max { bucket[$0].value < bucket[$1].value },
            finite.count < bucket.count ? bucket.firstIndex { !$0.value.isFinite } : nil,
        ]
        return Set(places.compactMap { $0 }).sorted().map { bucket[$0] }
    }
}

// MARK: - Reading

extension Curve {
    /// The value measured at exactly this step.
    package func value(at step: Int) -> Double? {
        let points = points
        let index = points.firstIndex(fromStep: Double(step))
        return index < points.count && points[index].step == step ? points[index].value : nil
    }

    /// The newest finite value.
    package var latest: CurvePoint? { points.last { $0.value.isFinite } }

    /// The value of the base model, which every trajectory starts from.
    package var base: Double? {
        guard let first = points.first, first.step == 0, first.value.isFinite else { return nil }
        return first.value
    }

    /// The mean of several curves, at the steps at which each of them has a finite value; of curves
    /// whose points were thinned out, at the first one's, between the others' points.
    package init(meanOf curves: [Curve]) {
        self.init()
        let all = curves.map(\.points.finite)
        guard let first = all.first else { return }
        let isThinned = curves.contains(where: \.isThinned)
        var places = [Int](repeating: 0, count: all.count)
        ordered.reserveCapacity(first.count)
        for point in first {
            if let mean = Self.mean(at: point.step, of: all, &places, isThinned: isThinned) {
                ordered.append(mean)
            }
        }
    }

    /// The mean of ascending curves at a step; `places` are where each was read last.
    private static func mean(
        at step: Int, of all: [[CurvePoint]], _ places: inout [Int], isThinned: Bool
    ) -> CurvePoint? {
        let share = 1 / Double(all.count)
        var sums = (tokens: 0.0, seconds: 0.0, value: 0.0)
        for curve in all.indices {
            var place = places[curve]
            while place < all[curve].count, all[curve][place].step < step { place += 1 }
            places[curve] = place
            guard place < all[curve].count else { return nil }
            let near = all[curve][place]
            var value = near.value
            if near.step != step {
                guard isThinned, let between = all[curve].value(atStep: Double(step)) else {
                    return nil
                }
                value = between
            }
            sums.tokens += Double(near.tokens) * share
            sums.seconds += near.seconds * share
            sums.value += value * share
        }
        return CurvePoint(
            step: step, tokens: Int(saturating: sums.tokens), seconds: sums.seconds,
            value: sums.value)
    }
}
