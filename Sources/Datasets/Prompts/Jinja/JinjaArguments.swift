/// The values that a function, a filter or a test is called with.
struct JinjaArguments {
    var positional: [JinjaValue] = []
    var named: [(name: String, value: JinjaValue)] = []

    /// The values of parameters by their names in order, nil for those that are not given.
    ///
    /// - Throws: `JinjaError` for too many values, and for a name that is none of these.
    func values(_ names: String...) throws(JinjaError) -> [JinjaValue?] {
        guard positional.count <= names.count else {
            throw JinjaError("more than \(names.count) arguments are given")
        }
        if let other = named.first(where: { !names.contains($0.name) }) {
            throw JinjaError("the argument '\(other.name)' is not known")
        }
        return names.enumerated().map { index, name in
            index < positional.count
                ? positional[index] : named.first { $0.name == name }?.value
        }
    }

    /// The one value that a filter or a test may be given.
    func value(_ name: String) throws(JinjaError) -> JinjaValue? { try values(name)[0] }

    /// The text of the one value.
    func text(_ name: String) throws(JinjaError) -> JinjaText? {
        try value(name).map { (value) throws(JinjaError) in try value.asText() }
    }

    /// - Throws: `JinjaError` if there are any.
    func expectNone() throws(JinjaError) { _ = try values() }
}

extension JinjaValue {
    /// The text that it is.
    /// - Throws: `JinjaError` for another kind of value.
    func asText() throws(JinjaError) -> JinjaText {
        guard case .text(let text) = self else {
            throw JinjaError("a text is needed, not \(kind)")
        }
        return text
    }

    /// The values that a loop goes through: items, keys, or the characters of a text.
    /// - Throws: `JinjaError` for a value without any.
    func asItems() throws(JinjaError) -> [JinjaValue] {
        switch self {
        case .undefined: []
        case .list(let items): items
        case .mapping(let mapping): mapping.entries.map { .text($0.key) }
        case .text(let text): text.letters.map { .text(JinjaText([$0])) }
        default: throw JinjaError("a list is needed, not \(kind)")
        }
    }

    /// The text that it is printed as.
    /// - Throws: `JinjaError` for what no prompt should hold, such as a list.
    func printed() throws(JinjaError) -> JinjaText {
        switch self {
        case .undefined: JinjaText("")
        case .none: JinjaText("None")
        case .boolean(let value): JinjaText(value ? "True" : "False")
        case .integer(let value): JinjaText("\(value)")
        case .number(let value): JinjaText("\(value)")
        case .text(let text): text
        default: throw JinjaError("\(kind) is printed")
        }
    }
}
