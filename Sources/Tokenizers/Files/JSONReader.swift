package import Foundation

/// Reads a JSON text (RFC 8259) into a ``JSONValue``.
///
/// Foundation's reader keeps the members of an object in a dictionary of `String`, in which tokens
/// such as `é` and `e` with a combining accent are one key.
package struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    private static let deepest = 128

    /// The value that a whole text is.
    ///
    /// - Throws: `JSONProblem` if `data` is not JSON, or nested deeper than 128.
    package static func read(_ data: Data) throws(JSONProblem) -> JSONValue {
        var reader = JSONReader(bytes: Array(data))
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == reader.bytes.count else { throw reader.problem("the end") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func problem(_ expected: String) -> JSONProblem {
        JSONProblem(position: position, expected: expected)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        guard depth < Self.deepest else { throw problem("less nesting") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(_ depth: Int) throws(JSONProblem) -> JSONValue {
        position += 1
        var members: [(key: String, value: JSONValue)] = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("a key") }
            let key = try string()
            guard take(UInt8(ascii: ":")) else { throw problem("a colon") }
            members.append((key, try value(depth: depth + 1)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw problem("a comma or }") }
        return .object(members)
    }

    private mutating func array(_ depth: Int) throws(JSONProblem) -> JSONValue {
        position += 1
        var values: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(values) }
        repeat { values.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw problem("a comma or ]") }
        return .array(values)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONProblem) -> JSONValue
    {
        guard bytes[position...].starts(with: word.utf8) else { throw problem("a value") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONProblem) -> JSONValue {
        let start = position
        while let byte = next, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let value = Int(text) { return .integer(value) }
        guard let value = Double(text) else { throw problem("a value") }
        return .number(value)
    }

    private mutating func string() throws(JSONProblem) -> String {
        position += 1
        let start = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20
        {
            position += 1
        }
        if next == UInt8(ascii: "\"") {
            defer { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
        return try escapedString(Array(bytes[start..<position]))
    }

    private mutating func escapedString(_ beginning: [UInt8]) throws(JSONProblem) -> String {
        var text = beginning
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw problem("an escaped control character")
            default: text.append(byte)
            }
        }
        throw problem("the end of a text")
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    private mutating func escape() throws(JSONProblem) -> [UInt8] {
        guard let kind = next else { throw problem("an escape") }
        position += 1
        if let byte = Self.escapes[kind] { return [byte] }
        guard kind == UInt8(ascii: "u") else { throw problem("an escape") }
        var value = try unit()
        if 0xD800..<0xDC00 ~= value, bytes[position...].starts(with: Array("\\u".utf8)) {
            position += 2
            let low = try unit()
            guard 0xDC00..<0xE000 ~= low else { throw problem("the other half of a character") }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw problem("a Unicode character") }
        return Array(String(scalar).utf8)
    }

    private mutating func unit() throws(JSONProblem) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4,
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw problem("four hexadecimal digits") }
        position += 4
        return value
    }
}

/// Where a text is not JSON.
package struct JSONProblem: Error, Equatable {
    /// The bytes before it.
    let position: Int
    let expected: String

    /// What is wrong, in words.
    package var summary: String { "not JSON: \(expected) expected at byte \(position)" }
}
