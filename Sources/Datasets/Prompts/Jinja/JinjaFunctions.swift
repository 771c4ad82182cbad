/// What can be called by name.
enum JinjaFunctions {
    /// The functions that every template knows.
    ///
    /// transformers' `strftime_now` is not among them; see ``ChatTemplate``.
    static let names: Set<String> = ["raise_exception", "range", "namespace", "dict"]

    /// The name under which a template asks for the day.
    static let day = "strftime_now"
}

/// Calls of functions, methods and macros.
extension JinjaRenderer {
    mutating func call(
        _ value: JinjaValue, _ arguments: JinjaArguments
    ) throws(JinjaError) -> JinjaValue {
        switch value {
        case .function(.named(let name)): return try call(name, arguments)
        case .function(.method(let name, let owner)):
            return try call(name, of: owner, arguments)
        case .function(.macro(let macro, let scope)): return try call(macro, arguments, in: scope)
        case .undefined(let name): throw JinjaError("there is no function '\(name)'")
        default: throw JinjaError("\(value.kind) is called")
        }
    }

    private mutating func call(
        _ name: String, _ arguments: JinjaArguments
    ) throws(JinjaError) -> JinjaValue {
        switch name {
        case "raise_exception":
            throw JinjaError("it says: \(try arguments.text("message")?.string ?? "")")
        case "range": return .list(try range(arguments))
        case "namespace": return .namespace(JinjaNamespace(try mapping(arguments)))
        case "dict": return .mapping(try mapping(arguments))
        default: return .text(try Self.day(arguments.text("format") ?? JinjaText("")))
        }
    }

    private mutating func range(_ arguments: JinjaArguments) throws(JinjaError) -> [JinjaValue] {
        let bounds = try arguments.values("start", "stop", "step").compactMap { $0?.asInteger }
        guard bounds.count == arguments.positional.count,
            let last = bounds.dropFirst().first ?? bounds.first
        else { throw JinjaError("range() needs whole numbers") }
        let first = bounds.count > 1 ? bounds[0] : 0
        let step = bounds.count > 2 ? bounds[2] : 1
        guard step != 0 else { throw JinjaError("the step of range() is 0") }
        var numbers: [JinjaValue] = []
        for number in stride(from: first, to: last, by: step) {
            try spend()
            numbers.append(.integer(number))
        }
        return numbers
    }

    private mutating func mapping(_ arguments: JinjaArguments) throws(JinjaError) -> JinjaMapping {
        var mapping = JinjaMapping()
        if let first = arguments.positional.first {
            guard arguments.positional.count == 1, case .mapping(let given) = first else {
                throw JinjaError("namespace() and dict() take names with values")
            }
            mapping = given
        }
        for (name, value) in arguments.named { mapping[JinjaText(name)] = try kept(value) }
        return mapping
    }

    /// Counts what a method or a filter may take, at most: to look for a text everywhere, to put one
    /// everywhere.
    mutating func spend(on owner: JinjaValue, _ arguments: JinjaArguments) throws(JinjaError) {
        var sizes = 0
        for value in arguments.positional + arguments.named.map(\.value) { sizes += value.size }
        let (work, overflow) = owner.size.multipliedReportingOverflow(by: sizes / 8 + 1)
        try spend(overflow ? .max : work)
    }

    /// A value that may be a part of others, which has a bounded depth and no function in it.
    mutating func kept(_ value: JinjaValue) throws(JinjaError) -> JinjaValue {
        try spend(value.size)
        guard value.isShallow(within: 16) else {
            throw JinjaError("lists nest too deeply, or hold a function")
        }
        return value
    }

    private mutating func call(
        _ name: String, of owner: JinjaValue, _ arguments: JinjaArguments
    ) throws(JinjaError) -> JinjaValue {
        try spend(on: owner, arguments)
        let result: JinjaValue?
        switch owner {
        case .text(let text): result = try JinjaMethods.ofTexts[name]?(text, arguments)
        case .mapping(let mapping): result = try JinjaMethods.ofMappings[name]?(mapping, arguments)
        default: result = nil
        }
        guard let result else { throw JinjaError("\(owner.kind) has no method '\(name)'") }
        try spend(result.size)
        return result
    }

    private mutating func call(
        _ macro: JinjaStatement.Macro, _ arguments: JinjaArguments, in outer: JinjaScope
    ) throws(JinjaError) -> JinjaValue {
        guard arguments.positional.count <= macro.parameters.count else {
            throw JinjaError("the macro '\(macro.name)' is called with too many arguments")
        }
        let inner = JinjaScope(in: outer)
        for (index, parameter) in macro.parameters.enumerated() {
            let named = arguments.named.first { $0.name == parameter.name }?.value
            let given = index < arguments.positional.count ? arguments.positional[index] : named
            if let given {
                inner[parameter.name] = given
            } else if let fallback = parameter.fallback {
                inner[parameter.name] = try value(of: fallback)
            } else {
                inner[parameter.name] = .undefined(parameter.name)
            }
        }
        return .text(try printed(macro.body, in: inner))
    }
}

extension JinjaValue {
    fileprivate func isShallow(within depth: Int) -> Bool {
        guard depth > 0 else { return false }
        return switch self {
        case .list(let items): items.allSatisfy { $0.isShallow(within: depth - 1) }
        case .mapping(let mapping):
            mapping.entries.allSatisfy { $0.value.isShallow(within: depth - 1) }
        case .namespace(let namespace):
            namespace.values.entries.allSatisfy { $0.value.isShallow(within: depth - 1) }
        case .function: false
        default: true
        }
    }
}
