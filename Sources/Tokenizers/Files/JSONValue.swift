/// A value of a JSON text, as it is written.
///
/// Members of an object keep their order and their exact characters: a vocabulary has tokens that
/// differ only in how Unicode composes them, which a dictionary of `String` would take for one.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The value, if it is of this kind.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The value, if it is of this kind.
    package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    /// The value, if it is of this kind.
    package var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The value, if it is of this kind.
    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    /// The value, if it is of this kind.
    package var object: [(key: String, value: JSONValue)]? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether it is null.
    package var isNull: Bool { if case .null = self { true } else { false } }

    /// What it is, in a few words for an error.
    package var summary: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let text): "\"\(text.prefix(60))\""
        case .array: "a list"
        case .object: "an object"
        }
    }
}
