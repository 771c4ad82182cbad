/// Reads the words of a template's code.
struct JinjaWordReader {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// The line of the next character, from 1.
    private(set) var line = 1

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The next character; nil at the end.
    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func advance() {
        if next == "\n" { line += 1 }
        position += 1
    }

    func stands(_ text: String) -> Bool {
        scalars[position...].starts(with: text.unicodeScalars)
    }

    mutating func take(_ text: String) -> Bool {
        guard stands(text) else { return false }
        text.unicodeScalars.forEach { _ in advance() }
        return true
    }

    /// The words up to the end of a tag, which is left; an end within brackets is none.
    mutating func code(until end: String, from line: Int) throws(JinjaError) -> [JinjaToken] {
        var tokens: [JinjaToken] = []
        var open = 0
        while let scalar = next {
            if open == 0, stands(end) || stands("-" + end) || stands("+" + end) { return tokens }
            if JinjaText.isSpace(scalar) {
                advance()
                continue
            }
            let token = try token(scalar)
            if case .symbol(let symbol) = token { open += Self.nesting(symbol) }
            tokens.append(token)
        }
        throw JinjaError("a tag is not closed with \(end)", line: line)
    }

    private static func nesting(_ symbol: String) -> Int {
        switch symbol {
        case "(", "[", "{": 1
        case ")", "]", "}": -1
        default: 0
        }
    }

    private mutating func token(_ scalar: Unicode.Scalar) throws(JinjaError) -> JinjaToken {
        if scalar == "'" || scalar == "\"" { return .text(try literal(scalar)) }
        if scalar.properties.isXIDStart || scalar == "_" {
            return .name(run { $0.properties.isXIDContinue })
        }
        if ("0"..."9").contains(scalar) { return try number() }
        for symbol in Self.symbols where take(symbol) { return .symbol(symbol) }
        throw JinjaError("'\(scalar)' is not understood", line: line)
    }

    private static let symbols = [
        "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")",
        "[", "]", "{", "}", ",", ":", ".", "|",
    ]

    private mutating func run(_ belongs: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = next, belongs(scalar) {
            text.append(scalar)
            advance()
        }
        return String(text)
    }

    private mutating func number() throws(JinjaError) -> JinjaToken {
        let isDigit = { (scalar: Unicode.Scalar) in ("0"..."9").contains(scalar) || scalar == "_" }
        var text = run(isDigit)
        let after = position + 1 < scalars.count ? scalars[position + 1] : " "
        let isWhole = next != "." || !("0"..."9").contains(after)
        if !isWhole {
            advance()
            text += "." + run(isDigit)
        }
        let digits = text.replacing("_", with: "")
        if isWhole, let integer = Int(digits) { return .integer(integer) }
        if !isWhole, let number = Double(digits) { return .number(number) }
        throw JinjaError("the number \(text) is not understood", line: line)
    }

    /// A text in quotes, with Python's escapes.
    private mutating func literal(_ quote: Unicode.Scalar) throws(JinjaError) -> String {
        let start = line
        advance()
        var text = String.UnicodeScalarView()
        while let scalar = next {
            advance()
            if scalar == quote { return String(text) }
            if scalar == "\\" { text += try escaped() } else { text.append(scalar) }
        }
        throw JinjaError("a text is not closed with \(quote)", line: start)
    }

    private mutating func escaped() throws(JinjaError) -> String.UnicodeScalarView {
        guard let scalar = next else { throw JinjaError("a text ends in \\", line: line) }
        advance()
        if let meant = Self.escapes[scalar] { return String.UnicodeScalarView([meant]) }
        if scalar == "\n" { return String.UnicodeScalarView() }
        guard let length = Self.codeLengths[scalar] else {
            return String.UnicodeScalarView(["\\", scalar])
        }
        let digits = scalars[position...].prefix(length)
        guard digits.count == length,
            let code = UInt32(String(String.UnicodeScalarView(digits)), radix: 16),
            let meant = Unicode.Scalar(code)
        else { throw JinjaError("the escape \\\(scalar) is not understood", line: line) }
        position += length
        return String.UnicodeScalarView([meant])
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}",
        "b": "\u{8}", "f": "\u{C}", "v": "\u{B}", "0": "\0",
    ]

    /// How many hexadecimal digits follow.
    private static let codeLengths: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
}
