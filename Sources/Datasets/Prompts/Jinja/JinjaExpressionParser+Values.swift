/// Values, and what can follow them.
extension JinjaExpressionParser {
    mutating func primary() throws(JinjaError) -> JinjaExpression {
        guard let token = next else { throw unexpected("a value is missing") }
        position += 1
        switch token {
        case .name(let name): return Self.words[name] ?? .name(name)
        case .integer(let number): return .integer(number)
        case .number(let number): return .number(number)
        case .text(let text): return .text(JinjaText(text + furtherTexts()))
        case .symbol("["): return .list(try items(until: "]"))
        case .symbol("{"): return .mapping(try entries())
        case .symbol("("): return try parenthesised()
        case .symbol:
            position -= 1
            throw unexpected("a value is missing")
        }
    }

    private static let words: [String: JinjaExpression] = [
        "true": .boolean(true), "True": .boolean(true), "false": .boolean(false),
        "False": .boolean(false), "none": .none, "None": .none,
    ]

    /// Texts that stand side by side are one.
    private mutating func furtherTexts() -> String {
        var texts = ""
        while case .text(let text) = next {
            texts += text
            position += 1
        }
        return texts
    }

    /// A value in brackets, or a tuple.
    private mutating func parenthesised() throws(JinjaError) -> JinjaExpression {
        if take(.symbol(")")) { return .list([]) }
        let first = try expression()
        if take(.symbol(")")) { return first }
        try expect(.symbol(","))
        return .list([first] + (try items(until: ")")))
    }

    private mutating func items(until end: String) throws(JinjaError) -> [JinjaExpression] {
        var items: [JinjaExpression] = []
        while !take(.symbol(end)) {
            items.append(try expression())
            if take(.symbol(end)) { break }
            try expect(.symbol(","))
        }
        return items
    }

    private mutating func entries() throws(JinjaError) -> [JinjaExpression.Entry] {
        var entries: [JinjaExpression.Entry] = []
        while !take(.symbol("}")) {
            let key = try expression()
            try expect(.symbol(":"))
            entries.append(.init(key: key, value: try expression()))
            if take(.symbol("}")) { break }
            try expect(.symbol(","))
        }
        return entries
    }

    mutating func suffixed(
        _ value: JinjaExpression, testsToo: Bool
    ) throws(JinjaError) -> JinjaExpression {
        var suffixes: [JinjaExpression.Suffix] = []
        while let suffix = try suffix(testsToo: testsToo) { suffixes.append(suffix) }
        return suffixes.isEmpty ? value : .suffixed(value, suffixes)
    }

    private mutating func suffix(testsToo: Bool) throws(JinjaError) -> JinjaExpression.Suffix? {
        if take(.symbol(".")) { return try attribute() }
        if take(.symbol("[")) { return try subscripted() }
        if take(.symbol("(")) { return .call(try arguments()) }
        guard testsToo else { return nil }
        if take(.symbol("|")) {
            let name = try name()
            return .filter(name, take(.symbol("(")) ? try arguments() : .init())
        }
        return take(.name("is")) ? try test() : nil
    }

    private mutating func attribute() throws(JinjaError) -> JinjaExpression.Suffix {
        if case .integer(let index) = next {
            position += 1
            return .item(.integer(index))
        }
        return .attribute(try name())
    }

    private mutating func subscripted() throws(JinjaError) -> JinjaExpression.Suffix {
        var parts: [JinjaExpression?] = [nil]
        while !take(.symbol("]")) {
            if take(.symbol(":")) {
                parts.append(nil)
                continue
            }
            guard parts.last.flatMap({ $0 }) == nil else { throw unexpected("']' is missing") }
            parts[parts.count - 1] = try expression()
        }
        guard parts.count > 1 else {
            guard let index = parts[0] else { throw JinjaError("an index is missing in []") }
            return .item(index)
        }
        guard parts.count <= 3 else { throw JinjaError("a slice has more than three parts") }
        return .slice(from: parts[0], to: parts[1], step: parts.count > 2 ? parts[2] : nil)
    }

    private mutating func arguments() throws(JinjaError) -> JinjaExpression.Arguments {
        var arguments = JinjaExpression.Arguments()
        while !take(.symbol(")")) {
            if case .name(let name) = next, tokens.dropFirst(position + 1).first == .symbol("=") {
                position += 2
                arguments.named.append(.init(name: name, value: try expression()))
            } else {
                arguments.positional.append(try expression())
            }
            if take(.symbol(")")) { break }
            try expect(.symbol(","))
        }
        return arguments
    }

    private mutating func test() throws(JinjaError) -> JinjaExpression.Suffix {
        let isNegated = take(.name("not"))
        let name = try name()
        if take(.symbol("(")) { return .test(name, try arguments(), isNegated: isNegated) }
        guard startsArgument else { return .test(name, .init(), isNegated: isNegated) }
        let argument = try suffixed(try primary(), testsToo: false)
        return .test(name, .init(positional: [argument]), isNegated: isNegated)
    }

    private var startsArgument: Bool {
        switch next {
        case .name(let name): !["else", "or", "and", "is", "if", "not", "in"].contains(name)
        case .text, .integer, .number, .symbol("["), .symbol("{"): true
        default: false
        }
    }
}
