/// The tests of templates (`x is defined`), by their names in Jinja.
enum JinjaTests {
    typealias Test = @Sendable (JinjaValue) -> Bool

    /// Those of a value alone.
    static let ofValues: [String: Test] = [
        "defined": { $0.isDefined },
        "undefined": { !$0.isDefined },
        "none": { $0 == .none },
        "string": { if case .text = $0 { true } else { false } },
        "mapping": { if case .mapping = $0 { true } else { false } },
        "iterable": { (try? $0.asItems()) != nil },
        "sequence": { (try? $0.asItems()) != nil },
        "number": { $0.asNumber != nil },
        "integer": { if case .integer = $0 { true } else { false } },
        "float": { if case .number = $0 { true } else { false } },
        "boolean": { if case .boolean = $0 { true } else { false } },
        "true": { if case .boolean(true) = $0 { true } else { false } },
        "false": { if case .boolean(false) = $0 { true } else { false } },
        "odd": { $0.asInteger.map { !$0.isMultiple(of: 2) } ?? false },
        "even": { $0.asInteger.map { $0.isMultiple(of: 2) } ?? false },
        "callable": { if case .function = $0 { true } else { false } },
    ]

    /// The operators that those of two values stand for.
    static let symbols: [String: String] = [
        "eq": "==", "equalto": "==", "==": "==", "sameas": "==", "ne": "!=", "!=": "!=",
        "lt": "<", "lessthan": "<", "<": "<", "le": "<=", "<=": "<=", "gt": ">",
        "greaterthan": ">", ">": ">", "ge": ">=", ">=": ">=", "in": "in",
    ]
}

extension JinjaRenderer {
    /// Whether a test holds for a value.
    mutating func tested(
        _ value: JinjaValue, by name: String, _ arguments: JinjaArguments
    ) throws(JinjaError) -> Bool {
        try spend()
        if let test = JinjaTests.ofValues[name] {
            try arguments.expectNone()
            return test(value)
        }
        let other = try arguments.value("other")
        if name == "divisibleby", let divisor = other?.asInteger, divisor != 0 {
            return value.asInteger?.isMultiple(of: divisor) ?? false
        }
        guard let symbol = JinjaTests.symbols[name], let other else {
            throw JinjaError("the test '\(name)' is not known")
        }
        try spend(JinjaOperators.work(value, other))
        return try JinjaOperators.holds(value, symbol, other)
    }
}
