/// Reads expressions from the words of a tag.
///
/// Source: jinja2 3.1, `parser.py`; operators bind as there.
struct JinjaExpressionParser {
    let tokens: [JinjaToken]
    var position = 0
    private var depth = 0

    /// How deep brackets may nest.
    private static let depthLimit = 40

    init(_ tokens: [JinjaToken]) { self.tokens = tokens }

    var next: JinjaToken? { position < tokens.count ? tokens[position] : nil }

    mutating func take(_ token: JinjaToken) -> Bool {
        guard next == token else { return false }
        position += 1
        return true
    }

    mutating func expect(_ token: JinjaToken) throws(JinjaError) {
        guard take(token) else { throw unexpected("\(token.quoted) is missing") }
    }

    mutating func expectEnd() throws(JinjaError) {
        if next != nil { throw unexpected("the tag should end here") }
    }

    /// A name that is no word of the language.
    mutating func name() throws(JinjaError) -> String {
        guard case .name(let name) = next else { throw unexpected("a name is missing") }
        position += 1
        return name
    }

    func unexpected(_ reason: String) -> JinjaError {
        JinjaError(next.map { "\(reason) at \($0.quoted)" } ?? reason)
    }

    /// A whole expression.
    mutating func expression() throws(JinjaError) -> JinjaExpression {
        try nested { (parser) throws(JinjaError) in try parser.choice() }
    }

    private mutating func nested<Result>(
        _ read: (inout JinjaExpressionParser) throws(JinjaError) -> Result
    ) throws(JinjaError) -> Result {
        depth += 1
        guard depth <= Self.depthLimit else { throw JinjaError("brackets nest too deeply") }
        let result = try read(&self)
        depth -= 1
        return result
    }

    private mutating func choice() throws(JinjaError) -> JinjaExpression {
        let value = try disjunction()
        guard take(.name("if")) else { return value }
        let condition = try disjunction()
        let other = take(.name("else")) ? try expression() : nil
        return .choice(value, if: condition, else: other)
    }

    /// An expression without an `if`, as the list of a loop is.
    mutating func disjunction() throws(JinjaError) -> JinjaExpression {
        var parts = [try conjunction()]
        while take(.name("or")) { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(JinjaError) -> JinjaExpression {
        var parts = [try negation()]
        while take(.name("and")) { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(JinjaError) -> JinjaExpression {
        guard take(.name("not")) else { return try comparison() }
        return .not(try nested { (parser) throws(JinjaError) in try parser.negation() })
    }

    private mutating func comparison() throws(JinjaError) -> JinjaExpression {
        let first = try calculation(level: 0)
        var operations: [JinjaExpression.Operation] = []
        while let symbol = comparator() {
            operations.append(.init(symbol: symbol, operand: try calculation(level: 0)))
        }
        return operations.isEmpty ? first : .comparison(first, operations)
    }

    private mutating func comparator() -> String? {
        for symbol in ["==", "!=", "<", "<=", ">", ">="] where take(.symbol(symbol)) {
            return symbol
        }
        if take(.name("in")) { return "in" }
        guard next == .name("not"), tokens.dropFirst(position + 1).first == .name("in") else {
            return nil
        }
        position += 2
        return "not in"
    }

    private static let levels = [["+", "-"], ["~"], ["*", "/", "//", "%"]]

    private mutating func calculation(level: Int) throws(JinjaError) -> JinjaExpression {
        guard level < Self.levels.count else { return try unary() }
        let first = try calculation(level: level + 1)
        var operations: [JinjaExpression.Operation] = []
        while case .symbol(let symbol) = next, Self.levels[level].contains(symbol) {
            position += 1
            operations.append(.init(symbol: symbol, operand: try calculation(level: level + 1)))
        }
        return operations.isEmpty ? first : .calculation(first, operations)
    }

    private mutating func unary() throws(JinjaError) -> JinjaExpression {
        if take(.symbol("-")) {
            return .minus(try nested { (parser) throws(JinjaError) in try parser.unary() })
        }
        if take(.symbol("+")) {
            return try nested { (parser) throws(JinjaError) in try parser.unary() }
        }
        return try suffixed(try primary(), testsToo: true)
    }
}
