/// A text that is being cut into the pieces that a model reads one by one.
struct Pieces {
    /// Valid UTF-8, of which the pieces are parts.
    private(set) var bytes: [UInt8]
    /// The pieces in order; none is empty.
    private(set) var ranges: [Range<Int>]
    /// Where the first piece stands; the others come within the text.
    let position: TextPosition

    init(_ bytes: [UInt8], _ range: Range<Int>, at position: TextPosition) {
        self.bytes = bytes
        self.position = position
        ranges = range.isEmpty ? [] : [range]
    }

    /// Cuts every piece on.
    mutating func split(
        _ cut: (_ bytes: [UInt8], _ piece: Range<Int>, _ add: (Range<Int>) -> Void) -> Void
    ) {
        var parts: [Range<Int>] = []
        parts.reserveCapacity(ranges.count * 2)
        for range in ranges {
            cut(bytes, range) { if !$0.isEmpty { parts.append($0) } }
        }
        ranges = parts
    }

    /// Changes the text of every piece.
    mutating func rewrite(_ change: (_ text: ArraySlice<UInt8>, _ index: Int) -> [UInt8]) {
        var (text, parts): ([UInt8], [Range<Int>]) = ([], [])
        text.reserveCapacity(bytes.count)
        for (index, range) in ranges.enumerated() {
            let changed = change(bytes[range], index)
            if changed.isEmpty { continue }
            parts.append(text.count..<text.count + changed.count)
            text += changed
        }
        (bytes, ranges) = (text, parts)
    }
}
