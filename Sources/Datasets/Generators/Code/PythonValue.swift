/// A Python value that can be written as a literal.
indirect enum PythonValue: Sendable {
    case integer(Int)
    case truth(Bool)
    case text(String)
    case list([PythonValue])
    case pair(PythonValue, PythonValue)
    case dictionary([(key: String, value: PythonValue)])
    case none

    static func integers(_ values: [Int]) -> PythonValue { .list(values.map(PythonValue.integer)) }
    static func texts(_ values: [String]) -> PythonValue { .list(values.map(PythonValue.text)) }

    static func stock(_ pairs: [(key: String, value: Int)]) -> PythonValue {
        .dictionary(pairs.map { ($0.key, .integer($0.value)) })
    }

    /// The value in Python syntax.
    var literal: String {
        switch self {
        case .integer(let value): String(value)
        case .truth(let value): value ? "True" : "False"
        case .text(let value): "\"\(value)\""
        case .list(let values): "[" + values.map(\.literal).joined(separator: ", ") + "]"
        case .pair(let first, let second): "(\(first.literal), \(second.literal))"
        case .dictionary(let pairs):
            "{" + pairs.map { "\"\($0.key)\": \($0.value.literal)" }.joined(separator: ", ") + "}"
        case .none: "None"
        }
    }
}
