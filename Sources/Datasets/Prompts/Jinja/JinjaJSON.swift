/// Values as JSON, as Python's `json.dumps` writes them with `ensure_ascii` off.
enum JinjaJSON {
    static func text(of value: JinjaValue) throws(JinjaError) -> JinjaText {
        switch value {
        case .none: return JinjaText("null")
        case .boolean(let value): return JinjaText(value ? "true" : "false")
        case .integer, .number: return try value.printed()
        case .text(let text): return quoted(text)
        case .list(let items): return JinjaText("[") + (try joined(items)) + JinjaText("]")
        case .mapping(let mapping): return try text(of: mapping)
        default: throw JinjaError("\(value.kind) has no form in JSON")
        }
    }

    private static func text(of mapping: JinjaMapping) throws(JinjaError) -> JinjaText {
        var parts: [[JinjaText.Letter]] = []
        for (key, value) in mapping.entries {
            parts.append((quoted(key) + JinjaText(": ") + (try text(of: value))).letters)
        }
        let inner = JinjaText(parts.joined(separator: JinjaText(", ").letters))
        return JinjaText("{") + inner + JinjaText("}")
    }

    private static func joined(_ items: [JinjaValue]) throws(JinjaError) -> JinjaText {
        var parts: [[JinjaText.Letter]] = []
        for item in items { parts.append(try text(of: item).letters) }
        return JinjaText(parts.joined(separator: JinjaText(", ").letters))
    }

    private static func quoted(_ text: JinjaText) -> JinjaText {
        let letters = text.letters.flatMap { letter in
            escaped(letter.scalar).unicodeScalars.map {
                JinjaText.Letter(scalar: $0, source: letter.source)
            }
        }
        return JinjaText("\"") + JinjaText(letters) + JinjaText("\"")
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case "\u{8}": return "\\b"
        case "\u{C}": return "\\f"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
