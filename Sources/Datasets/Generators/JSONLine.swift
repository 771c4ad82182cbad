/// A JSON value that is written on one line with its keys in the order given.
enum JSONLine: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case text(String)
    case integer(Int)
    case list([JSONLine])
    case object([(key: String, value: JSONLine)])

    init(stringLiteral text: String) { self = .text(text) }
    init(integerLiteral number: Int) { self = .integer(number) }

    static func texts(_ texts: [String]) -> JSONLine { .list(texts.map(JSONLine.text)) }

    /// The value as JSON text (RFC 8259), with ": " and ", " between parts.
    var json: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .integer(let number): String(number)
        case .list(let values): "[" + values.map(\.json).joined(separator: ", ") + "]"
        case .object(let pairs):
            "{"
                + pairs.map { Self.quoted($0.key) + ": " + $0.value.json }.joined(separator: ", ")
                + "}"
        }
    }

    /// One line per value, each ended by a newline.
    static func lines(_ values: [JSONLine]) -> String {
        values.map { $0.json + "\n" }.joined()
    }

    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
            case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
            default:
                precondition(byte >= 32, "control byte \(byte) in generated text")
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}
