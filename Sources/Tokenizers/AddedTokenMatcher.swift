/// Finds added tokens in text: the leftmost, and of those that start there the longest.
///
/// Tokens that are looked for in normalized text come second, in what the others leave over.
struct AddedTokenMatcher: Sendable {
    /// A stretch of text: ordinary, or one token.
    struct Segment: Equatable {
        let range: Range<Int>
        let id: Int32?
    }

    private typealias Candidates = [UInt8: [(text: [UInt8], id: Int32)]]

    /// The tokens of each pass by their first byte, the longest first.
    private let passes: [Candidates]

    init(_ tokens: [AddedToken]) {
        let named = tokens.filter { !$0.text.isEmpty }
        passes = [false, true].map { isNormalized in
            Self.candidates(named.filter { $0.isNormalized == isNormalized })
        }.filter { !$0.isEmpty }
    }

    private static func candidates(_ tokens: [AddedToken]) -> Candidates {
        let texts = tokens.map { (text: Array($0.text.utf8), id: $0.id) }
        return Dictionary(grouping: texts) { $0.text[0] }
            .mapValues { $0.sorted { $0.text.count > $1.text.count } }
    }

    /// Cuts `bytes` into ordinary stretches and tokens.
    func segments(of bytes: [UInt8]) -> [Segment] {
        guard !bytes.isEmpty else { return [] }
        return passes.reduce([Segment(range: bytes.indices, id: nil)]) { segments, candidates in
            segments.flatMap { segment in
                segment.id == nil ? Self.cut(bytes, segment.range, candidates) : [segment]
            }
        }
    }

    private static func cut(
        _ bytes: [UInt8], _ range: Range<Int>, _ candidates: Candidates
    ) -> [Segment] {
        var segments: [Segment] = []
        var (start, position) = (range.lowerBound, range.lowerBound)
        while position < range.upperBound {
            let rest = bytes[position..<range.upperBound]
            guard
                let match = candidates[bytes[position]]?.first(where: { rest.starts(with: $0.text) }
                )
            else {
                position += 1
                continue
            }
            if start < position { segments.append(Segment(range: start..<position, id: nil)) }
            start = position + match.text.count
            segments.append(Segment(range: position..<start, id: match.id))
            position = start
        }
        if start < range.upperBound {
            segments.append(Segment(range: start..<range.upperBound, id: nil))
        }
        return segments
    }
}
