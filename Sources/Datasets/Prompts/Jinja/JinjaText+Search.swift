/// What Python's `str` finds in a text and cuts from it.
extension JinjaText {
    func hasPrefix(_ other: JinjaText) -> Bool { matches(other, at: 0) }

    func hasSuffix(_ other: JinjaText) -> Bool {
        count >= other.count && matches(other, at: count - other.count)
    }

    func contains(_ other: JinjaText) -> Bool { position(of: other, from: 0) != nil }

    /// Where `other` first stands from `start` on.
    func position(of other: JinjaText, from start: Int) -> Int? {
        guard start + other.count <= count else { return nil }
        return (start...count - other.count).first { matches(other, at: $0) }
    }

    private func matches(_ other: JinjaText, at start: Int) -> Bool {
        guard start + other.count <= count else { return false }
        return other.letters.indices.allSatisfy {
            other.letters[$0].scalar == letters[start + $0].scalar
        }
    }

    /// The text without characters of a kind at its ends.
    func trimmed(
        start: Bool = true, end: Bool = true, _ isCut: (Unicode.Scalar) -> Bool = isSpace
    ) -> JinjaText {
        var rest = letters[...]
        if start { rest = rest.drop { isCut($0.scalar) } }
        while end, let last = rest.last, isCut(last.scalar) { rest.removeLast() }
        return JinjaText(rest)
    }

    /// The parts between separators, of which at most `most` cut.
    func split(by separator: JinjaText, most: Int = .max) -> [JinjaText] {
        var parts: [JinjaText] = []
        var start = 0
        while parts.count < most, let next = position(of: separator, from: start) {
            parts.append(JinjaText(letters[start..<next]))
            start = next + separator.count
        }
        return parts + [JinjaText(letters[start...])]
    }

    /// The same, cut from the end.
    func splitFromEnd(by separator: JinjaText, most: Int) -> [JinjaText] {
        let parts = JinjaText(letters.reversed()).split(
            by: JinjaText(separator.letters.reversed()), most: most)
        return parts.reversed().map { JinjaText($0.letters.reversed()) }
    }

    /// The words between white space.
    func words() -> [JinjaText] {
        letters.split { Self.isSpace($0.scalar) }.map { JinjaText($0) }
    }

    /// The lines without their ends; what follows the last end is no line if it is empty.
    func lines() -> [JinjaText] {
        var lines = split(by: JinjaText("\n"))
        if lines.last?.count == 0 { lines.removeLast() }
        return lines
    }

    func replacing(_ old: JinjaText, with new: JinjaText, most: Int = .max) -> JinjaText {
        let parts = split(by: old, most: most)
        return JinjaText(parts.map(\.letters).joined(separator: new.letters))
    }
}

/// Other letters for those of a text.
extension JinjaText {
    func uppercased() -> JinjaText { mapped { $0.properties.uppercaseMapping } }

    func lowercased() -> JinjaText { mapped { $0.properties.lowercaseMapping } }

    func capitalized() -> JinjaText {
        JinjaText(JinjaText(letters.prefix(1)).uppercased().letters)
            + JinjaText(letters.dropFirst()).lowercased()
    }

    /// The first letter of each word in upper case, the others in lower case.
    func titled() -> JinjaText {
        var startsWord = true
        var titled: [Letter] = []
        for letter in letters {
            let one = JinjaText([letter])
            titled += (startsWord ? one.uppercased() : one.lowercased()).letters
            startsWord = !letter.scalar.properties.isAlphabetic
        }
        return JinjaText(titled)
    }

    private func mapped(_ transform: (Unicode.Scalar) -> String) -> JinjaText {
        JinjaText(
            letters.flatMap { letter in
                transform(letter.scalar).unicodeScalars.map {
                    Letter(scalar: $0, source: letter.source)
                }
            })
    }
}
