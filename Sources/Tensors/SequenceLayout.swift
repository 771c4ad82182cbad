package import Kernels

/// How the rows of a batch divide into sequences.
package struct SequenceLayout: Sendable, Equatable {
    package private(set) var segments: [AttentionSegment] = []
    /// The position of each row in its text, counted from 0.
    package private(set) var positions: [Int32] = []
    /// The most keys that any row sees.
    package private(set) var longest = 0

    package init() {}

    /// Sequences one after another; `offsets` holds the starts and, last, the number of rows.
    package init(offsets: [Int]) {
        for (start, end) in zip(offsets, offsets.dropFirst()) { append(count: end - start) }
    }

    package var rowCount: Int { positions.count }

    /// Adds a sequence.
    ///
    /// - Parameters:
    ///   - count: Rows of the sequence.
    ///   - prefix: The number of an earlier sequence that this one continues.
    /// - Returns: The number of the new sequence.
    @discardableResult
    package mutating func append(count: Int, continuing prefix: Int? = nil) -> Int {
        precondition(count > 0, "a sequence of \(count) rows")
        let before = prefix.map { segments[$0] }
        precondition(
            before?.prefixCount ?? 0 == 0, "a sequence continues one that continues another")
        segments.append(
            AttentionSegment(
                start: rowCount, count: count, prefixStart: before?.start ?? 0,
                prefixCount: before?.count ?? 0))
        let first = Int32(before?.count ?? 0)
        for position in 0..<Int32(count) { positions.append(first + position) }
        longest = max(longest, count + Int(first))
        return segments.count - 1
    }

    /// Whether any sequence continues another.
    package var hasPrefixes: Bool { segments.contains { $0.prefixCount > 0 } }
}
