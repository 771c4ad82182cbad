/// A chat template cut into the text that it prints and the code between.
///
/// Printed values such as `{{ 'a' + message['role'] }}` come apart into text and code, neighbouring
/// texts are joined, and code loses what does not matter: blanks, `"` for `'`, `message.role` for
/// `message['role']`. So templates that differ in their writing alone become equal. Text is kept as
/// Jinja keeps it with `trim_blocks` and `lstrip_blocks`, the settings of transformers.
struct ChatTemplateParts {
    /// A piece of a template.
    enum Part: Equatable {
        case text(String)
        /// A statement such as `for message in messages`, or a printed value.
        case code(String)
    }

    private(set) var parts: [Part] = []
    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// Text as it stands outside of tags, since the last of them.
    private var outside = String.UnicodeScalarView()
    private var startsLine = true
    /// Text that is certain to be printed before what comes next.
    private var pending = String.UnicodeScalarView()

    /// - Returns: Nil for a template with an open tag, a comment, or a literal with an escape other
    ///   than a line break, a tab, a backslash or a quote.
    init?(_ template: String) {
        scalars = Array(
            (template.last == "\n" ? template.dropLast() : template[...]).unicodeScalars)
        while position < scalars.count {
            if take("{#") { return nil }
            let prints = take("{{")
            if prints || take("{%") {
                guard readTag(prints: prints) else { return nil }
            } else {
                outside.append(scalars[position])
                position += 1
            }
        }
        pending += outside
        finishText()
    }

    private mutating func readTag(prints: Bool) -> Bool {
        settleText(prints: prints, isTrimmed: take("-"))
        let end = prints ? "}}" : "%}"
        var code = ""
        while position < scalars.count {
            let isTrimmed = take("-" + end)
            if isTrimmed || take(end) {
                append(code, isStatement: !prints)
                skipText(prints: prints, isTrimmed: isTrimmed)
                return true
            }
            guard read(into: &code, prints: prints) else { return false }
        }
        return false
    }

    /// Reads a literal, an operator, a blank or a character of code.
    private mutating func read(into code: inout String, prints: Bool) -> Bool {
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "'", "\"":
            guard let literal = readLiteral(endingWith: scalar) else { return false }
            if prints && code.last != "[" {
                append(code, isStatement: false)
                code = ""
                pending += literal
            } else {
                code += "'\(String(literal))'"
            }
        case "+" where prints, "~" where prints:
            append(code, isStatement: false)
            code = ""
        case _ where scalar.properties.isWhitespace: code += " "
        default: code.unicodeScalars.append(scalar)
        }
        return true
    }

    private mutating func readLiteral(
        endingWith quote: Unicode.Scalar
    ) -> String.UnicodeScalarView? {
        var literal = String.UnicodeScalarView()
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            if scalar == quote { return literal }
            guard scalar == "\\" else {
                literal.append(scalar)
                continue
            }
            guard position < scalars.count, let meant = Self.escapes[scalars[position]] else {
                return nil
            }
            literal.append(meant)
            position += 1
        }
        return nil
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "t": "\t", "\\": "\\", "'": "'", "\"": "\"",
    ]

    private mutating func take(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    // MARK: - Text and code

    /// Decides what of the text before a tag is printed.
    private mutating func settleText(prints: Bool, isTrimmed: Bool) {
        if isTrimmed {
            while outside.last?.properties.isWhitespace == true { outside.removeLast() }
        } else if !prints {
            let indent = outside.reversed().prefix { $0 == " " || $0 == "\t" }.count
            let before = outside.dropLast(indent)
            if before.last == "\n" || before.isEmpty && startsLine {
                outside = String.UnicodeScalarView(before)
            }
        }
        pending += outside
        outside = String.UnicodeScalarView()
    }

    /// Passes over the text after a tag that is not printed.
    private mutating func skipText(prints: Bool, isTrimmed: Bool) {
        if isTrimmed {
            while position < scalars.count, scalars[position].properties.isWhitespace {
                position += 1
            }
        } else if !prints {
            _ = take("\n")
        }
        startsLine = scalars[position - 1] == "\n"
    }

    private mutating func append(_ code: String, isStatement: Bool) {
        let words = Self.canonical(code)
        guard isStatement || !words.isEmpty else { return }
        finishText()
        parts.append(.code(words))
    }

    private mutating func finishText() {
        if !pending.isEmpty { parts.append(.text(String(pending))) }
        pending = String.UnicodeScalarView()
    }

    /// The code with blanks between words alone, and keys of a message in brackets.
    private static func canonical(_ code: String) -> String {
        var result = ""
        for word in code.split(separator: " ") {
            if let last = result.last, isWord(last), let first = word.first, isWord(first) {
                result += " "
            }
            result += word
        }
        for key in ["role", "content"] { result = result.replacing(".\(key)", with: "['\(key)']") }
        return result
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
