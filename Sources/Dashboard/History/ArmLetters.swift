/// Gives every arm a letter of its own.
enum ArmLetters {
    /// The first free one of: the first letters of the name's words, digits at their beginning (of
    /// several runs every name starts with the run's number), the name's remaining letters and
    /// digits, the alphabet.
    static func letter(for name: String, taken: Set<Unicode.Scalar>) -> Unicode.Scalar {
        let lowered = Array(name.lowercased().unicodeScalars)
        let starts = lowered.indices.filter { index in
            isUsable(lowered[index]) && (index == 0 || !isUsable(lowered[index - 1]))
        }.map { lowered[$0] }
        let letters = starts.filter { ("a"..."z").contains($0) }
        let candidates = letters + starts + lowered.filter(isUsable) + alphabet
        return candidates.first { !taken.contains($0) } ?? "*"
    }

    private static func isUsable(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    }

    private static let alphabet: [Unicode.Scalar] =
        [("a", "z"), ("A", "Z"), ("0", "9")].flatMap { (first: Unicode.Scalar, last) in
            (first.value...(last as Unicode.Scalar).value).compactMap(Unicode.Scalar.init)
        }
}
