/// A value while a template is rendered.
enum JinjaValue {
    /// What has not been given a value, with how it was asked for.
    case undefined(String)
    case none
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(JinjaText)
    case list([JinjaValue])
    case mapping(JinjaMapping)
    case namespace(JinjaNamespace)
    case function(JinjaFunction)

    static func text(_ string: String) -> JinjaValue { .text(JinjaText(string)) }

    /// Whether it counts as true.
    var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .boolean(let value): value
        case .integer(let value): value != 0
        case .number(let value): value != 0
        case .text(let text): text.count > 0
        case .list(let items): !items.isEmpty
        case .mapping(let mapping): !mapping.entries.isEmpty
        case .namespace, .function: true
        }
    }

    /// What it is, for errors.
    var kind: String {
        switch self {
        case .undefined(let name): "'\(name)', which is undefined"
        case .none: "none"
        case .boolean: "a boolean"
        case .integer, .number: "a number"
        case .text: "a text"
        case .list: "a list"
        case .mapping: "a mapping"
        case .namespace: "a namespace"
        case .function: "a function"
        }
    }

    /// The number that it is; booleans count, too.
    var asNumber: Double? {
        switch self {
        case .boolean(let value): value ? 1 : 0
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The whole number that it is; booleans count, too.
    var asInteger: Int? {
        switch self {
        case .boolean(let value): value ? 1 : 0
        case .integer(let value): value
        default: nil
        }
    }

    var isDefined: Bool { if case .undefined = self { false } else { true } }
}

extension JinjaValue: Equatable {
    static func == (left: JinjaValue, right: JinjaValue) -> Bool {
        switch (left, right) {
        case (.undefined, .undefined), (.none, .none): true
        case (.text(let left), .text(let right)): left == right
        case (.list(let left), .list(let right)): left == right
        case (.mapping(let left), .mapping(let right)): left == right
        case (.namespace(let left), .namespace(let right)): left === right
        default:
            left.asNumber.flatMap { left in right.asNumber.map { left == $0 } } ?? false
        }
    }
}

/// A dictionary, which keeps the order of its keys.
struct JinjaMapping {
    var entries: [(key: JinjaText, value: JinjaValue)] = []

    subscript(key: JinjaText) -> JinjaValue? {
        get { entries.first { $0.key == key }?.value }
        set {
            entries.removeAll { $0.key == key }
            if let newValue { entries.append((key, newValue)) }
        }
    }

    /// One entry after another.
    init(_ entries: [(String, JinjaValue)] = []) {
        self.entries = entries.map { (JinjaText($0), $1) }
    }
}

extension JinjaMapping: Equatable {
    static func == (left: JinjaMapping, right: JinjaMapping) -> Bool {
        left.entries.count == right.entries.count
            && left.entries.allSatisfy { right[$0.key] == $0.value }
    }
}

/// What `namespace()` makes: values that a loop can set for what follows it.
final class JinjaNamespace {
    var values: JinjaMapping

    init(_ values: JinjaMapping) { self.values = values }
}

/// What can be called.
indirect enum JinjaFunction {
    /// A function of the language or of transformers, by name.
    case named(String)
    /// A method of a value.
    case method(String, of: JinjaValue)
    /// A macro with the scope that it was made in.
    case macro(JinjaStatement.Macro, JinjaScope)
}
