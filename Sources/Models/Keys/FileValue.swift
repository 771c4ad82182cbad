/// A value under a key of a file: of JSON, or of the metadata of a GGUF file.
package enum FileValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    case array([FileValue])
    case object([String: FileValue])

    /// The integer, or nil if this is none.
    package var int: Int? {
        if case .int(let value) = self { value } else { nil }
    }

    /// The number as floating point, or nil if this is no number.
    package var float: Double? {
        switch self {
        case .float(let value): value
        case .int(let value): Double(value)
        default: nil
        }
    }

    /// The truth value, or nil if this is none.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The string, or nil if this is none.
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The array, or nil if this is none.
    package var array: [FileValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    /// The object, or nil if this is none.
    package var object: [String: FileValue]? {
        if case .object(let values) = self { values } else { nil }
    }

    /// The array of strings, or nil if this is none.
    package var strings: [String]? { elements(\.string) }

    /// The array of integers, or nil if this is none.
    package var ints: [Int]? { elements(\.int) }

    private func elements<Element>(_ value: (FileValue) -> Element?) -> [Element]? {
        guard let array else { return nil }
        let elements = array.compactMap(value)
        return elements.count == array.count ? elements : nil
    }

    /// Whether the key might as well not be there: null, `[]` or `{}`.
    package var isUnset: Bool {
        self == .null || array?.isEmpty == true || object?.isEmpty == true
    }

    /// Whether both mean the same: numbers may be written as integers or not.
    package func means(_ other: FileValue) -> Bool {
        if let own = float, let number = other.float { return own == number }
        return self == other
    }
}

extension FileValue: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Int.self) {
            self = .int(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .float(value)
        } else if let values = try? container.decode([FileValue].self) {
            self = .array(values)
        } else {
            self = .object(try container.decode([String: FileValue].self))
        }
    }
}

extension FileValue: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .float(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let values): try container.encode(values)
        }
    }
}

extension FileValue: CustomStringConvertible {
    /// As in JSON but for quotation marks, and not longer than a message can bear.
    package var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .float(let value): "\(value)"
        case .string(let value): Self.shortened(value)
        case .array(let values):
            Self.shortened("[" + values.prefix(9).map(\.description).joined(separator: ", ") + "]")
        case .object(let values):
            Self.shortened(
                "{"
                    + values.sorted { $0.key < $1.key }.prefix(9).map { "\($0): \($1)" }
                    .joined(separator: ", ") + "}")
        }
    }

    private static func shortened(_ text: String) -> String {
        text.count > 80 ? text.prefix(77) + "..." : text
    }
}
