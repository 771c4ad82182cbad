/// Resamples of the report half of an axis's items: how often each draw has each item.
///
/// The same draws serve every curve, so that arms are compared on the same resampled items.
struct ItemDraws: Sendable {
    /// Of one set of items.
    struct Part: Sendable {
        /// The items of the report half.
        let items: [Int]
        /// How often, for four draws at a time: group by group, item by item.
        let weights: [SIMD4<Float>]
        /// By draw, what the drawn items count for.
        let totals: [Float]
    }

    let count: Int
    let parts: [Part]

    /// The fewest items that a part is resampled from; 0 without parts.
    var fewestItems: Int { parts.map(\.items.count).min() ?? 0 }

    init(_ count: Int, of axis: Axis, random: inout ResampleRandom) {
        self.count = count
        parts = axis.parts.map { Part(count, of: $0, random: &random) }
    }

    /// The axis's value times a sign.
    ///
    /// - Parameters:
    ///   - sums: By point, part and item.
    ///   - sign: Of the axis.
    /// - Returns: Draw by draw and point by point.
    func losses(of sums: [[[Double]]], sign: Double) -> [Float] {
        var values = [Float](repeating: 0, count: count * sums.count)
        for (index, part) in parts.enumerated() {
            part.addRatios(
                of: sums.map { $0[index] }, to: &values, share: Float(sign) / Float(parts.count))
        }
        return values
    }
}

extension ItemDraws.Part {
    fileprivate init(_ draws: Int, of part: Axis.Part, random: inout ResampleRandom) {
        let items = part.isSelection.indices.filter { !part.isSelection[$0] }
        let groups = (draws + 3) / 4
        var weights = [SIMD4<Float>](repeating: .zero, count: groups * items.count)
        var totals = [Float](repeating: 0, count: draws)
        for draw in 0..<draws {
            for _ in items {
                let drawn = random.index(below: items.count)
                weights[draw / 4 * items.count + drawn][draw % 4] += 1
                totals[draw] += Float(part.counts[items[drawn]])
            }
        }
        self.items = items
        self.weights = weights
        self.totals = totals
    }

    /// Adds to `values`, draw by draw and point by point, the ratios of sums of the drawn items.
    ///
    /// - Parameters:
    ///   - sums: Of each point, by item of the whole set.
    ///   - values: Draws x points.
    ///   - share: What a ratio is multiplied by.
    func addRatios(of sums: [[Double]], to values: inout [Float], share: Float) {
        let blocks = (sums.count + 7) / 8
        for block in 0..<blocks {
            let points = block * 8..<min(sums.count, block * 8 + 8)
            let columns = items.map { item in
                var column = SIMD8<Float>.zero
                for point in points { column[point - block * 8] = Float(sums[point][item]) }
                return column
            }
            addRatios(of: columns, points: points, of: sums.count, to: &values, share: share)
        }
    }

    /// The same for eight points at most: `columns` has the items' sums at them.
    private func addRatios(
        of columns: [SIMD8<Float>], points: Range<Int>, of pointCount: Int,
        to values: inout [Float], share: Float
    ) {
        for group in 0..<(totals.count + 3) / 4 {
            var drawn = (
                SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero
            )
            let start = group * columns.count
            for index in columns.indices {
                let weight = weights[start + index]
                drawn.0 += columns[index] * weight[0]
                drawn.1 += columns[index] * weight[1]
                drawn.2 += columns[index] * weight[2]
                drawn.3 += columns[index] * weight[3]
            }
            for (offset, sum) in [drawn.0, drawn.1, drawn.2, drawn.3].enumerated() {
                let draw = group * 4 + offset
                guard draw < totals.count else { break }
                for point in points {
                    values[draw * pointCount + point] +=
                        share * sum[point - points.lowerBound] / totals[draw]
                }
            }
        }
    }
}
