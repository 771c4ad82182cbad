/// Finds the words of a rule in UTF-8 text, one after the other.
///
/// The scanner takes at each position the alternative that the rule's regular expression would take,
/// in the order in which they stand there.
struct WordScanner: IteratorProtocol {
    private let bytes: [UInt8]
    private let end: Int
    private let rule: WordRule
    private var position: Int

    /// Scans `range` of `bytes`, which must be valid UTF-8 that starts and ends on a scalar.
    init(_ bytes: [UInt8], range: Range<Int>, rule: WordRule) {
        self.bytes = bytes
        self.rule = rule
        position = range.lowerBound
        end = range.upperBound
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
        if let contraction = contractionEnd(from: start) { return contraction }
        if let word = ledWordEnd(from: start, first) { return word }
        if first.kind != .whitespace { return runEnd(of: first.kind, from: start) }
        if bytes[start] == UInt8(ascii: " "), let next = kind(at: start + 1),
            next == .other || rule.lead == .space && next != .whitespace
        {
            return runEnd(of: next, from: start + 1)
        }
        return whitespaceEnd(from: start)
    }

    private func kind(at position: Int) -> ScalarClass? {
        position < end ? ScalarClass.read(bytes, at: position).kind : nil
    }

    /// Matches `[^\r\n\p{L}\p{N}]\p{L}+`.
    private func ledWordEnd(from start: Int, _ first: (kind: ScalarClass, length: Int)) -> Int? {
        guard rule.lead == .anything, first.kind == .other || first.kind == .whitespace,
            !isLineBreak(start), kind(at: start + first.length) == .letter
        else { return nil }
        return runEnd(of: .letter, from: start + first.length)
    }

    private func runEnd(of kind: ScalarClass, from start: Int) -> Int {
        var (position, count) = (start, 0)
        let limit = kind == .number ? rule.longestNumber : .max
        while position < end, count < limit {
            let scalar = ScalarClass.read(bytes, at: position)
            guard scalar.kind == kind else { break }
            position += scalar.length
            count += 1
        }
        if kind == .other, rule.breaksLines {
            while position < end, isLineBreak(position) { position += 1 }
        }
        return position
    }

    private func isLineBreak(_ position: Int) -> Bool {
        bytes[position] == UInt8(ascii: "\n") || bytes[position] == UInt8(ascii: "\r")
    }

    /// Matches `\s+(?!\S)|\s+`: the whole run, less its last scalar if a word follows; with line
    /// breaks, `\s*[\r\n]+` first: up to the last of them.
    private func whitespaceEnd(from start: Int) -> Int {
        var (last, position, lineEnd) = (start, start, start)
        while position < end {
            let scalar = ScalarClass.read(bytes, at: position)
            guard scalar.kind == .whitespace else { break }
            last = position
            position += scalar.length
            if isLineBreak(last) { lineEnd = position }
        }
        if rule.breaksLines, lineEnd > start { return lineEnd }
        return position == end || last == start ? position : last
    }

    /// Matches the contractions after an apostrophe.
    private func contractionEnd(from start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "'") else { return nil }
        let first = letter(at: start + 1)
        switch first {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
            return start + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"), UInt8(ascii: "l"):
            let second = first == UInt8(ascii: "l") ? first : UInt8(ascii: "e")
            return letter(at: start + 2) == second ? start + 3 : nil
        default:
            // U+017F, the long s, is an s in either case.
            let isLong =
                rule.contractions == .anyCase && start + 2 < end
                && bytes[start + 1] == 0xC5 && bytes[start + 2] == 0xBF
            return isLong ? start + 3 : nil
        }
    }

    /// The byte at `position`, in lower case if that does not matter; 0 at the end.
    private func letter(at position: Int) -> UInt8 {
        guard position < end else { return 0 }
        let byte = bytes[position]
        let folds = rule.contractions == .anyCase && (0x41...0x5A).contains(byte)
        return folds ? byte | 0x20 : byte
    }
}
