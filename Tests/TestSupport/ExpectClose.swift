package import Testing

/// Compares two rows of numbers and reports the first and the largest mismatch.
///
/// An element matches if |a - b| <= absolute + relative * |b|.
package func expectClose<Number: BinaryFloatingPoint>(
    _ actual: [Number], _ expected: [Number], relative: Double = 1e-5, absolute: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count else {
        Issue.record(
            "\(actual.count) values, expected \(expected.count)", sourceLocation: sourceLocation)
        return
    }
    var first: Int?
    var worst = (index: 0, excess: 0.0)
    for index in actual.indices {
        let (a, b) = (Double(actual[index]), Double(expected[index]))
        let excess = abs(a - b) - (absolute + relative * abs(b))
        if excess > 0 || a.isNaN != b.isNaN {
            if first == nil { first = index }
            if excess > worst.excess { worst = (index, excess) }
        }
    }
    guard let first else { return }
    Issue.record(
        """
        first mismatch at \(first): \(actual[first]) vs \(expected[first]); \
        largest at \(worst.index): \(actual[worst.index]) vs \(expected[worst.index])
        """, sourceLocation: sourceLocation)
}
