/// Rewrites regular expressions from Oniguruma's syntax into ICU's.
struct ExpressionSyntax {
    /// Oniguruma's classes by the letter after the backslash, as ICU writes them outside and inside
    /// of a set.
    private static let classes: [Unicode.Scalar: (alone: String, inSet: String)] = [
        "s": (#"\p{White_Space}"#, #"\p{White_Space}"#),
        "S": (#"\P{White_Space}"#, #"\P{White_Space}"#),
        "w": (
            #"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u00B2\u00B3\u00B9\u00BC-\u00BE]"#,
            #"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u00B2\u00B3\u00B9\u00BC-\u00BE"#
        ),
        "W": (
            #"[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u00B2\u00B3\u00B9\u00BC-\u00BE]"#,
            #"[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u00B2\u00B3\u00B9\u00BC-\u00BE]"#
        ),
    ]

    /// Escapes that both read alike; other letters and digits are refused.
    private static let shared = Set("dDpPnrtfvaexuAzGZ123456789".unicodeScalars)

    private var rest: ArraySlice<Unicode.Scalar>
    private var result = ""
    private var setDepth = 0

    /// The same expression for ICU; nil if there is none.
    static func icu(_ text: String) -> String? {
        var syntax = Self(rest: Array(text.unicodeScalars)[...])
        while let scalar = syntax.rest.popFirst() {
            guard syntax.take(scalar) else { return nil }
        }
        return syntax.result
    }

    private init(rest: ArraySlice<Unicode.Scalar>) { self.rest = rest }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\\": return takeEscape()
        case "[": setDepth += 1
        case "]" where setDepth > 0: setDepth -= 1
        case "(" where setDepth == 0 && rest.first == "?":
            guard isSharedGroup(rest.dropFirst()) else { return false }
        // Possessive to ICU, a repetition of a repetition to Oniguruma.
        case "}" where setDepth == 0 && rest.first == "+": return false
        default: break
        }
        result.unicodeScalars.append(scalar)
        return true
    }

    private mutating func takeEscape() -> Bool {
        guard let letter = rest.popFirst() else { return false }
        if let both = Self.classes[letter] {
            result += setDepth > 0 ? both.inSet : both.alone
            return true
        }
        if letter.isASCII, letter.properties.isAlphabetic || letter.properties.numericType != nil,
            !Self.shared.contains(letter)
        {
            return false
        }
        result += "\\"
        result.unicodeScalars.append(letter)
        if "pPxu".unicodeScalars.contains(letter), rest.first == "{" { takeBraces() }
        return true
    }

    private mutating func takeBraces() {
        while let scalar = rest.popFirst() {
            result.unicodeScalars.append(scalar)
            if scalar == "}" { return }
        }
    }

    /// Whether what follows `(?` is a group, a look around or the option `i`.
    private func isSharedGroup(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = rest.first else { return false }
        return ":=!><".unicodeScalars.contains(first)
            || rest.prefix { $0 != ":" && $0 != ")" }.allSatisfy { $0 == "i" || $0 == "-" }
    }
}
