/// Finds the words of a pre-tokenizer in UTF-8 text, one after the other.
///
/// The scanner takes at each position the alternative that the regular expression of
/// ``PreTokenizer/gpt2`` would take, in the order in which they stand there.
struct WordScanner: IteratorProtocol {
    private let bytes: [UInt8]
    private let end: Int
    private let isolatesNumbers: Bool
    private var position: Int

    /// Scans `range` of `bytes`, which must be valid UTF-8 that starts and ends on a scalar.
    init(_ bytes: [UInt8], range: Range<Int>, preTokenizer: PreTokenizer) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
        isolatesNumbers = preTokenizer == .smollm
    }

    /// The byte range of the next word, or nil at the end.
    mutating func next() -> Range<Int>? {
        guard position < end else { return nil }
        let start = position
        position = wordEnd(from: start)
        return start..<position
    }

    private func wordEnd(from start: Int) -> Int {
        let first = ScalarClass.read(bytes, at: start)
        if first.kind == .number, isolatesNumbers { return start + first.length }
        if let contraction = contractionEnd(from: start) { return contraction }
        if first.kind != .whitespace { return runEnd(of: first.kind, from: start) }
        if bytes[start] == UInt8(ascii: " "), let next = kind(at: start + 1), next != .whitespace {
            return runEnd(of: next, from: start + 1)
        }
        return whitespaceEnd(from: start)
    }

    /// The class at `position`, or nil where the piece of text that may be matched ends.
    private func kind(at position: Int) -> ScalarClass? {
        guard position < end else { return nil }
        let kind = ScalarClass.read(bytes, at: position).kind
        return kind == .number && isolatesNumbers ? nil : kind
    }

    private func runEnd(of kind: ScalarClass, from start: Int) -> Int {
        var position = start
        while position < end {
            let scalar = ScalarClass.read(bytes, at: position)
            guard scalar.kind == kind else { break }
            position += scalar.length
        }
        return position
    }

    /// Matches `\s+(?!\S)|\s+`: the whole run, less its last scalar if a word follows.
    private func whitespaceEnd(from start: Int) -> Int {
        var (last, position) = (start, start)
        while position < end {
            let scalar = ScalarClass.read(bytes, at: position)
            guard scalar.kind == .whitespace else { break }
            last = position
            position += scalar.length
        }
        return kind(at: position) == nil || last == start ? position : last
    }

    /// Matches `'s|'t|'re|'ve|'m|'ll|'d`.
    private func contractionEnd(from start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "'"), start + 1 < end else { return nil }
        let second = start + 2 < end ? bytes[start + 2] : 0
        switch (bytes[start + 1], second) {
        case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
            (UInt8(ascii: "d"), _):
            return start + 2
        case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
            (UInt8(ascii: "l"), UInt8(ascii: "l")):
            return start + 3
        default:
            return nil
        }
    }
}
