/// A text that knows of each of its characters where it comes from.
///
/// Characters are code points, as in Python. Whatever a template does with the content of a message,
/// such as to trim it or to put it into another turn, what is left of it stays known as such.
struct JinjaText: Sendable {
    /// A code point and what it comes from.
    struct Letter: Sendable {
        var scalar: Unicode.Scalar
        /// The message, from 0; ``JinjaText/template`` for what the template writes.
        var source: Int32
    }

    /// The source of what the template writes itself.
    static let template: Int32 = -1

    var letters: [Letter]

    init(_ letters: some Sequence<Letter>) { self.letters = Array(letters) }

    init(_ string: String, source: Int32 = JinjaText.template) {
        letters = string.unicodeScalars.map { Letter(scalar: $0, source: source) }
    }

    var count: Int { letters.count }

    var string: String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: letters.lazy.map(\.scalar))
        return String(scalars)
    }

    static func + (left: JinjaText, right: JinjaText) -> JinjaText {
        JinjaText(left.letters + right.letters)
    }

    /// What Python takes for white space.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }
}

extension JinjaText: Hashable {
    /// Texts are equal whose characters are, wherever they come from.
    static func == (left: JinjaText, right: JinjaText) -> Bool {
        left.letters.elementsEqual(right.letters) { $0.scalar == $1.scalar }
    }

    func hash(into hasher: inout Hasher) {
        for letter in letters { hasher.combine(letter.scalar) }
    }

    /// Whether it comes before another text, code point by code point.
    func precedes(_ other: JinjaText) -> Bool {
        letters.lazy.map(\.scalar).lexicographicallyPrecedes(other.letters.lazy.map(\.scalar))
    }
}
