/// How long sequences are trained, by the lengths of the data.
package enum LengthChoice {
    /// The share of records that need not be cut.
    private static let whole = 0.98
    /// Lengths are multiples of this.
    private static let unit = 16
    /// Rows of continued text are no longer than this: longer ones are fewer, and no better for curves.
    private static let longestText = 512
    /// Rows of continued text that there should be at least.
    private static let leastRows = 64

    /// The length that leaves 98 % of the records whole, or all of them where that takes at most a
    /// quarter more; a multiple of 16, but never more than the context.
    ///
    /// - Parameters:
    ///   - lengths: Tokens that the records take, at least one record.
    ///   - context: The model's.
    /// - Returns: Tokens.
    package static func length(of lengths: [Int], context: Int) -> Int {
        let sorted = lengths.sorted()
        let place = Int((Double(sorted.count) * whole).rounded(.up)) - 1
        let (usual, longest) = (sorted[max(0, place)], sorted[sorted.count - 1])
        return fitted(longest <= usual + usual / 4 ? longest : usual, context)
    }

    /// The length of the rows that text is cut in: a power of two of which there are 64 rows, at most
    /// 512 and the context.
    package static func length(ofText tokens: Int, context: Int) -> Int {
        var length = longestText
        while length > unit && tokens / length < leastRows { length /= 2 }
        return min(length, context)
    }

    private static func fitted(_ length: Int, _ context: Int) -> Int {
        min(max(1, (length + unit - 1) / unit) * unit, context)
    }
}
