/// Gives every arm a letter of its own.
enum ArmLetters {
    /// The first free one of: the name's first letter, the first letters of its other words, its
    /// remaining letters, its digits, the alphabet.
    static func letter(for name: String, taken: Set<Unicode.Scalar>) -> Unicode.Scalar {
        let lowered = Array(name.lowercased().unicodeScalars)
        let starts = lowered.indices.filter { index in
            isUsable(lowered[index]) && (index == 0 || !isUsable(lowered[index - 1]))
        }.map { lowered[$0] }
        let letters = (starts + lowered).filter { isUsable($0) && !isDigit($0) }
        let candidates = letters + lowered.filter(isDigit) + alphabet
        return candidates.first { !taken.contains($0) } ?? "*"
    }

    private static func isUsable(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || isDigit(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static let alphabet: [Unicode.Scalar] =
        [("a", "z"), ("A", "Z"), ("0", "9")].flatMap { (first: Unicode.Scalar, last) in
            (first.value...(last as Unicode.Scalar).value).compactMap(Unicode.Scalar.init)
        }
}
