/// A value in the metadata of a GGUF file.
package enum GGUFValue: Equatable, Sendable {
    case int(Int)
    case float(Double)
    case bool(Bool)
    case string(String)
    case array([GGUFValue])

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
    package var array: [GGUFValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    /// The array of strings, or nil if this is none.
    package var strings: [String]? { elements(\.string) }

    /// The array of integers, or nil if this is none.
    package var ints: [Int]? { elements(\.int) }

    private func elements<Element>(_ value: (GGUFValue) -> Element?) -> [Element]? {
        guard let array else { return nil }
        let elements = array.compactMap(value)
        return elements.count == array.count ? elements : nil
    }
}
