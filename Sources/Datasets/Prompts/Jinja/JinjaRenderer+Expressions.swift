/// The values of expressions.
extension JinjaRenderer {
    mutating func value(of expression: JinjaExpression) throws(JinjaError) -> JinjaValue {
        try nested { (renderer) throws(JinjaError) in try renderer.found(expression) }
    }

    private mutating func found(_ expression: JinjaExpression) throws(JinjaError) -> JinjaValue {
        switch expression {
        case .none: return .none
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .number(let value): return .number(value)
        case .text(let text): return .text(text)
        case .name(let name): return named(name)
        case .list(let items): return try kept(.list(try values(of: items)))
        case .mapping(let entries): return try mapping(entries)
        case .not(let value): return .boolean(try !self.value(of: value).isTrue)
        case .minus(let value): return try JinjaOperators.negative(try self.value(of: value))
        case .all(let parts): return try first(of: parts) { !$0.isTrue }
        case .any(let parts): return try first(of: parts) { $0.isTrue }
        case .comparison(let first, let others): return try compared(first, others)
        case .calculation(let first, let others): return try calculated(first, others)
        case .suffixed(let value, let suffixes): return try suffixed(value, suffixes)
        case .choice(let value, let condition, let other):
            if try self.value(of: condition).isTrue { return try self.value(of: value) }
            guard let other else { return .undefined("the value without an else") }
            return try self.value(of: other)
        }
    }

    private func named(_ name: String) -> JinjaValue {
        scope[name] ?? (JinjaFunctions.names.contains(name) ? .function(.named(name)) : nil)
            ?? .undefined(name)
    }

    mutating func values(of expressions: [JinjaExpression]) throws(JinjaError) -> [JinjaValue] {
        var values: [JinjaValue] = []
        for expression in expressions { values.append(try value(of: expression)) }
        return values
    }

    private mutating func mapping(
        _ entries: [JinjaExpression.Entry]
    ) throws(JinjaError) -> JinjaValue {
        var mapping = JinjaMapping()
        for entry in entries {
            mapping[try value(of: entry.key).asText()] = try value(of: entry.value)
        }
        return try kept(.mapping(mapping))
    }

    /// The first value that decides, or else the last.
    private mutating func first(
        of parts: [JinjaExpression], that decides: (JinjaValue) -> Bool
    ) throws(JinjaError) -> JinjaValue {
        for part in parts.dropLast() {
            let value = try value(of: part)
            if decides(value) { return value }
        }
        guard let last = parts.last else { return .none }
        return try value(of: last)
    }

    private mutating func compared(
        _ first: JinjaExpression, _ others: [JinjaExpression.Operation]
    ) throws(JinjaError) -> JinjaValue {
        var left = try value(of: first)
        for operation in others {
            let right = try value(of: operation.operand)
            try spend(JinjaOperators.work(left, right))
            guard try JinjaOperators.holds(left, operation.symbol, right) else {
                return .boolean(false)
            }
            left = right
        }
        return .boolean(true)
    }

    private mutating func calculated(
        _ first: JinjaExpression, _ others: [JinjaExpression.Operation]
    ) throws(JinjaError) -> JinjaValue {
        var left = try value(of: first)
        for operation in others {
            let right = try value(of: operation.operand)
            try spend(JinjaOperators.size(left, operation.symbol, right))
            left = try JinjaOperators.result(left, operation.symbol, right)
        }
        return left
    }

    // MARK: - What follows a value

    private mutating func suffixed(
        _ expression: JinjaExpression, _ suffixes: [JinjaExpression.Suffix]
    ) throws(JinjaError) -> JinjaValue {
        var value = try value(of: expression)
        for suffix in suffixes {
            try spend()
            value = try apply(suffix, to: value)
        }
        return value
    }

    private mutating func apply(
        _ suffix: JinjaExpression.Suffix, to value: JinjaValue
    ) throws(JinjaError) -> JinjaValue {
        switch suffix {
        case .attribute(let name): return try JinjaAccess.attribute(name, of: value)
        case .item(let index):
            return try JinjaAccess.item(try self.value(of: index), of: value)
        case .slice(let from, let to, let step):
            return try JinjaAccess.slice(
                value, from: try bound(from), to: try bound(to), step: try bound(step))
        case .call(let arguments): return try call(value, try self.arguments(arguments))
        case .filter(let name, let arguments):
            return try filtered(value, by: name, try self.arguments(arguments))
        case .test(let name, let arguments, let isNegated):
            let arguments = try self.arguments(arguments)
            return .boolean(try tested(value, by: name, arguments) != isNegated)
        }
    }

    private mutating func bound(_ expression: JinjaExpression?) throws(JinjaError) -> Int? {
        guard let expression else { return nil }
        switch try value(of: expression) {
        case .none: return nil
        case let value:
            guard let index = value.asInteger else {
                throw JinjaError("a slice needs whole numbers, not \(value.kind)")
            }
            return index
        }
    }

    private mutating func arguments(
        _ arguments: JinjaExpression.Arguments
    ) throws(JinjaError) -> JinjaArguments {
        var values = JinjaArguments(positional: try self.values(of: arguments.positional))
        for named in arguments.named {
            values.named.append((named.name, try value(of: named.value)))
        }
        return values
    }
}
