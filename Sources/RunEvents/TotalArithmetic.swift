/// Arithmetic on numbers that a file claims: never a trap, whatever they are.
extension Int {
    /// The whole part of a number; the nearest there is beyond the ends, and 0 for `nan`.
    package init(saturating value: Double) {
        if value.isNaN {
            self = 0
        } else {
            self = Int(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
        }
    }
}

extension Sequence<Int> {
    /// The sum; beyond the ends the nearest there is.
    package var saturatingSum: Int {
        reduce(0) { total, next in
            let (sum, isOver) = total.addingReportingOverflow(next)
            return isOver ? (next < 0 ? .min : .max) : sum
        }
    }
}
