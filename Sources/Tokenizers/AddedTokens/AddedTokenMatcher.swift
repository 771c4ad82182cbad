/// Finds added tokens in text: the leftmost, and of those that start there the longest.
///
/// Source: huggingface/tokenizers 0.23, `AddedVocabulary::find_matches`.
struct AddedTokenMatcher: Sendable {
    /// A stretch of text: ordinary, or one token.
    struct Segment: Equatable {
        let range: Range<Int>
        let id: Int32?
    }

    /// The tokens by their first byte, the longest first.
    private let candidates: [[Candidate]]
    private let isEmpty: Bool

    private struct Candidate {
        let text: [UInt8]
        let token: AddedToken
    }

    /// Looks for `tokens`, whose texts are `written` as they stand in the text.
    init(_ tokens: [AddedToken], written: (AddedToken) -> [UInt8] = { Array($0.text.utf8) }) {
        var candidates = [[Candidate]](repeating: [], count: 256)
        for token in tokens {
            let text = written(token)
            if let first = text.first {
                candidates[Int(first)].append(Candidate(text: text, token: token))
            }
        }
        isEmpty = candidates.allSatisfy(\.isEmpty)
        self.candidates = candidates.map { $0.sorted { $0.text.count > $1.text.count } }
    }

    /// Cuts `range` of `bytes` into ordinary stretches and tokens.
    func segments(of bytes: [UInt8], _ range: Range<Int>) -> [Segment] {
        guard !range.isEmpty else { return [] }
        var (segments, start, position): ([Segment], _, _) = (
            [], range.lowerBound, range.lowerBound
        )
        while !isEmpty, position < range.upperBound {
            guard let match = candidate(bytes, position, range) else {
                position += 1
                continue
            }
            let end = position + match.text.count
            defer { position = end }
            let found = position..<end
            if match.token.isSingleWord, !Self.standsAlone(found, bytes, range) { continue }
            let taken = Self.widened(found, match.token, bytes, start..<range.upperBound)
            if start < taken.lowerBound {
                segments.append(Segment(range: start..<taken.lowerBound, id: nil))
            }
            segments.append(Segment(range: taken, id: match.token.id))
            start = taken.upperBound
        }
        if start < range.upperBound {
            segments.append(Segment(range: start..<range.upperBound, id: nil))
        }
        return segments
    }

    private func candidate(_ bytes: [UInt8], _ position: Int, _ range: Range<Int>) -> Candidate? {
        candidates[Int(bytes[position])].first {
            let end = position + $0.text.count
            return end <= range.upperBound && bytes[position..<end].elementsEqual($0.text)
        }
    }

    /// With the white space that the token takes, as far as no token before it took it.
    private static func widened(
        _ found: Range<Int>, _ token: AddedToken, _ bytes: [UInt8], _ free: Range<Int>
    ) -> Range<Int> {
        var (start, end) = (found.lowerBound, found.upperBound)
        if token.stripsLeft {
            while let scalar = before(start, bytes, free.lowerBound), scalar.properties.isWhitespace
            {
                start -= String(scalar).utf8.count
            }
        }
        if token.stripsRight {
            while end < free.upperBound {
                let (scalar, length) = UTF8Text.scalar(bytes, at: end)
                guard scalar.properties.isWhitespace else { break }
                end += length
            }
        }
        return start..<end
    }

    /// The scalar that ends at `position`; nil at `start`, or before it.
    private static func before(_ position: Int, _ bytes: [UInt8], _ start: Int) -> Unicode.Scalar? {
        var place = position - 1
        while place > start, bytes[place] & 0xC0 == 0x80 { place -= 1 }
        return place < start || place >= position ? nil : UTF8Text.scalar(bytes, at: place).scalar
    }

    private static func standsAlone(
        _ found: Range<Int>, _ bytes: [UInt8], _ range: Range<Int>
    ) -> Bool {
        let previous = before(found.lowerBound, bytes, range.lowerBound)
        let next =
            found.upperBound < range.upperBound
            ? UTF8Text.scalar(bytes, at: found.upperBound).scalar : nil
        return ![previous, next].compactMap { $0 }.contains(where: isWord)
    }

    /// Whether `\w` of Rust's regular expressions matches.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isAlphabetic || scalar.properties.isJoinControl { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
            return true
        default: return false
        }
    }
}
