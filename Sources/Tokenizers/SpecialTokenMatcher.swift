/// Finds special tokens in text: the leftmost, and of those that start there the longest.
struct SpecialTokenMatcher: Sendable {
    /// A stretch of text: ordinary, or one special token.
    struct Segment: Equatable {
        let range: Range<Int>
        let special: Int32?
    }

    private let candidates: [UInt8: [(text: [UInt8], id: Int32)]]

    init(_ tokens: [String: Int32]) {
        let texts = tokens.filter { !$0.key.isEmpty }.map {
            (text: Array($0.key.utf8), id: $0.value)
        }
        candidates = Dictionary(grouping: texts) { $0.text[0] }
            .mapValues { $0.sorted { $0.text.count > $1.text.count } }
    }

    /// Cuts `bytes` into ordinary stretches and special tokens.
    func segments(of bytes: [UInt8]) -> [Segment] {
        var segments: [Segment] = []
        var (start, position) = (0, 0)
        while !candidates.isEmpty, position < bytes.count {
            guard let match = match(in: bytes, at: position) else {
                position += 1
                continue
            }
            if start < position { segments.append(Segment(range: start..<position, special: nil)) }
            start = position + match.text.count
            segments.append(Segment(range: position..<start, special: match.id))
            position = start
        }
        if start < bytes.count {
            segments.append(Segment(range: start..<bytes.count, special: nil))
        }
        return segments
    }

    private func match(in bytes: [UInt8], at position: Int) -> (text: [UInt8], id: Int32)? {
        candidates[bytes[position]]?.first { bytes[position...].starts(with: $0.text) }
    }
}
