/// String operations that give the same text as Python's, on which published scores rest.
///
/// They work on code points: Swift's characters would join an ASCII mark with an accent after it.
package enum PythonText {
    /// Python's `str.strip`.
    package static func stripped(_ text: String) -> String {
        let start = text.unicodeScalars.drop(while: isSpace)
        return trimmedEnd(String(start))
    }

    /// Python's `str.rstrip`.
    package static func trimmedEnd(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let end = scalars.lastIndex { !isSpace($0) }.map(scalars.index(after:))
        return String(scalars[..<(end ?? scalars.startIndex)])
    }

    /// Python's `str.capitalize`: the first letter in title case, all others in lower case.
    package static func capitalized(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        return first.properties.titlecaseMapping
            + String(text.unicodeScalars.dropFirst()).lowercased()
    }

    /// Python's `str.isspace`: white space and the four information separators.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }
}
