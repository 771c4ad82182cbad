/// What is looked for in a text.
enum TextPattern: Sendable {
    /// This text itself.
    case text([UInt8])
    /// One of the known expressions, by rules that are faster than the library.
    case words(WordRule)
    case expression(SplitExpression)
    /// A character of general category N.
    case numbers
    /// An ASCII character of punctuation, or a character of general category P.
    case punctuation
    /// A character with the property White_Space.
    case whitespace

    /// The option `pattern` of a declaration: `{"String": text}` or `{"Regex": expression}`.
    init(_ declaration: Declaration) throws(TokenizerError) {
        let pattern = try declaration.required(declaration.child("pattern"), "pattern")
        if let text = try pattern.text("String") {
            try pattern.finish("String")
            self = .text(Array(text.utf8))
        } else {
            try pattern.finish("Regex")
            let text = try pattern.required(pattern.text("Regex"), "Regex")
            self = try Self.expression(text, at: pattern.at("Regex"))
        }
    }

    static func expression(_ text: String, at place: String) throws(TokenizerError) -> TextPattern {
        if let rule = WordRule.known[text] { return .words(rule) }
        return .expression(try SplitExpression(text, at: place))
    }

    /// Where it is found in `piece`, from the left, without overlaps.
    func matches(in bytes: [UInt8], _ piece: Range<Int>) -> [Range<Int>] {
        switch self {
        case .text(let text): return Self.occurrences(of: text, in: bytes, piece)
        case .words(let rule):
            var scanner = WordScanner(bytes, range: piece, rule: rule)
            var words: [Range<Int>] = []
            while let word = scanner.next() { words.append(word) }
            return words
        case .expression(let expression): return expression.matches(in: bytes, piece)
        case .numbers: return Self.scalars(in: bytes, piece) { ScalarClass($0) == .number }
        case .punctuation: return Self.scalars(in: bytes, piece, where: Self.isPunctuation)
        case .whitespace: return Self.scalars(in: bytes, piece) { $0.properties.isWhitespace }
        }
    }

    private static func occurrences(
        of text: [UInt8], in bytes: [UInt8], _ piece: Range<Int>
    ) -> [Range<Int>] {
        guard let first = text.first else { return [] }
        var found: [Range<Int>] = []
        var position = piece.lowerBound
        while position + text.count <= piece.upperBound {
            let end = position + text.count
            if bytes[position] == first, bytes[position..<end].elementsEqual(text) {
                found.append(position..<end)
                position = end
            } else {
                position += 1
            }
        }
        return found
    }

    private static func scalars(
        in bytes: [UInt8], _ piece: Range<Int>, where matches: (Unicode.Scalar) -> Bool
    ) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var position = piece.lowerBound
        while position < piece.upperBound {
            let (scalar, length) = UTF8Text.scalar(bytes, at: position)
            if matches(scalar) { found.append(position..<position + length) }
            position += length
        }
        return found
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            return scalar.value > 0x20 && scalar.value < 0x7F && ScalarClass(scalar) == .other
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }
}
