/// A sentence pattern with slots and alternatives.
///
/// `{key}` is replaced by a value, `{a:key}` by the value after "a" or "an", `{^key}` by the value
/// with a capital first letter; `<one|two>` stands for one alternative at random (not nested).
struct Phrase: Sendable, ExpressibleByStringLiteral {
    private enum Piece: Sendable {
        case literal(String)
        case slot(key: String, style: Style)
        case choice([[Piece]])
    }

    private enum Style: Sendable { case plain, article, capital }

    private let pieces: [Piece]

    init(stringLiteral text: String) { self.init(text) }

    init(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let opening = rest.firstIndex(of: "<") {
            pieces += Self.slots(rest[..<opening])
            guard let closing = rest[opening...].firstIndex(of: ">") else {
                preconditionFailure("unclosed < in the phrase: \(text)")
            }
            let options = rest[rest.index(after: opening)..<closing]
                .split(separator: "|", omittingEmptySubsequences: false)
            pieces.append(.choice(options.map(Self.slots)))
            rest = rest[rest.index(after: closing)...]
        }
        self.pieces = pieces + Self.slots(rest)
    }

    private static func slots(_ text: Substring) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text
        while let opening = rest.firstIndex(of: "{") {
            if opening > rest.startIndex { pieces.append(.literal(String(rest[..<opening]))) }
            guard let closing = rest[opening...].firstIndex(of: "}") else {
                preconditionFailure("unclosed { in the phrase: \(text)")
            }
            let name = rest[rest.index(after: opening)..<closing]
            if name.hasPrefix("a:") {
                pieces.append(.slot(key: String(name.dropFirst(2)), style: .article))
            } else if name.hasPrefix("^") {
                pieces.append(.slot(key: String(name.dropFirst()), style: .capital))
            } else {
                pieces.append(.slot(key: String(name), style: .plain))
            }
            rest = rest[rest.index(after: closing)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        return pieces
    }

    /// Whether the phrase begins with one of these slots.
    func starts(with keys: [String]) -> Bool {
        if case .slot(let key, _)? = pieces.first { return keys.contains(key) }
        return false
    }

    /// The phrase with its slots filled and one alternative taken at each choice.
    func text(_ values: [String: String], _ random: inout SeededRandom) -> String {
        var result = ""
        Self.append(pieces, values, &random, to: &result)
        return result
    }

    /// The same as `text`, with a capital first letter.
    func sentence(_ values: [String: String], _ random: inout SeededRandom) -> String {
        text(values, &random).capitalisedFirst
    }

    private static func append(
        _ pieces: [Piece], _ values: [String: String], _ random: inout SeededRandom,
        to result: inout String
    ) {
        for piece in pieces {
            switch piece {
            case .literal(let text): result += text
            case .choice(let options): append(random.pick(options), values, &random, to: &result)
            case .slot(let key, let style):
                guard let value = values[key] else {
                    preconditionFailure("no value for the slot {\(key)}")
                }
                switch style {
                case .plain: result += value
                case .article: result += value.withArticle
                case .capital: result += value.capitalisedFirst
                }
            }
        }
    }
}

extension String {
    /// The text with its first letter as a capital.
    var capitalisedFirst: String {
        guard let first = utf8.first, first >= 97, first <= 122 else { return self }
        return String(UnicodeScalar(first - 32)) + dropFirst()
    }

    /// The text after "a", or "an" before a vowel sound.
    var withArticle: String {
        let vowels = "aeiouAEIOU".utf8
        guard let first = utf8.first, vowels.contains(first) else { return "a " + self }
        let soundsLikeConsonant = ["one", "uni", "use"].contains { hasPrefix($0) }
        return (soundsLikeConsonant ? "a " : "an ") + self
    }
}

/// The numbers from zero to twenty as words; larger ones as digits.
func numberWord(_ number: Int) -> String {
    let words = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty",
    ]
    return words.indices.contains(number) ? words[number] : String(number)
}
