/// What operators make of values, as in Python.
enum JinjaOperators {
    static func negative(_ value: JinjaValue) throws(JinjaError) -> JinjaValue {
        if let integer = value.asInteger {
            return try whole(0.subtractingReportingOverflow(integer))
        }
        guard let number = value.asNumber else { throw JinjaError("- stands before \(value.kind)") }
        return .number(-number)
    }

    // MARK: - Comparing

    /// Whether a comparison holds.
    static func holds(
        _ left: JinjaValue, _ symbol: String, _ right: JinjaValue
    ) throws(JinjaError) -> Bool {
        switch symbol {
        case "==": left == right
        case "!=": left != right
        case "in": try contains(right, left)
        case "not in": try !contains(right, left)
        case "<": try precedes(left, right)
        case ">": try precedes(right, left)
        case "<=": left == right ? true : try precedes(left, right)
        default: left == right ? true : try precedes(right, left)
        }
    }

    private static func contains(
        _ whole: JinjaValue, _ part: JinjaValue
    ) throws(JinjaError) -> Bool {
        switch whole {
        case .text(let text): try text.contains(part.asText())
        case .list(let items): items.contains(part)
        case .mapping(let mapping): mapping.entries.contains { .text($0.key) == part }
        case .undefined: false
        default: throw JinjaError("'in' needs a text, a list or a mapping, not \(whole.kind)")
        }
    }

    private static func precedes(
        _ left: JinjaValue, _ right: JinjaValue
    ) throws(JinjaError) -> Bool {
        if case .text(let left) = left, case .text(let right) = right {
            return left.precedes(right)
        }
        guard let first = left.asNumber, let second = right.asNumber else {
            throw JinjaError("\(left.kind) is compared with \(right.kind)")
        }
        return first < second
    }

    /// The work of comparing two values; that of finding a text is at most its length times the other's.
    static func work(_ left: JinjaValue, _ right: JinjaValue) -> Int {
        guard case .text(let left) = left, case .text(let right) = right else {
            return left.size + right.size
        }
        return right.count + right.count.multipliedClamping(by: left.count) / 32
    }

    // MARK: - Calculating

    static func result(
        _ left: JinjaValue, _ symbol: String, _ right: JinjaValue
    ) throws(JinjaError) -> JinjaValue {
        switch (left, symbol, right) {
        case (_, "~", _): return .text(try left.printed() + right.printed())
        case (.text(let left), "+", .text(let right)): return .text(left + right)
        case (.list(let left), "+", .list(let right)): return .list(left + right)
        case (.text(let text), "*", .integer(let times)):
            return .text(
                JinjaText((0..<max(0, times)).lazy.flatMap { _ in text.letters }))
        default: break
        }
        if symbol != "/", let first = left.asInteger, let second = right.asInteger {
            return try result(first, symbol, second)
        }
        guard let first = left.asNumber, let second = right.asNumber else {
            throw JinjaError("'\(symbol)' stands between \(left.kind) and \(right.kind)")
        }
        return .number(try result(first, symbol, second))
    }

    /// How much a calculation makes.
    static func size(_ left: JinjaValue, _ symbol: String, _ right: JinjaValue) -> Int {
        guard case .text(let text) = left, symbol == "*" else {
            return symbol == "+" || symbol == "~" ? left.size + right.size : 1
        }
        return text.count.multipliedClamping(by: max(0, right.asInteger ?? 0))
    }

    private static func result(
        _ left: Int, _ symbol: String, _ right: Int
    ) throws(JinjaError) -> JinjaValue {
        switch symbol {
        case "+": return try whole(left.addingReportingOverflow(right))
        case "-": return try whole(left.subtractingReportingOverflow(right))
        case "*": return try whole(left.multipliedReportingOverflow(by: right))
        case "//", "%":
            guard right != 0, right != -1 else {
                if right == 0 { throw JinjaError("a number is divided by 0") }
                return try symbol == "%" ? .integer(0) : negative(.integer(left))
            }
            let remainder = (left % right + right) % right
            return .integer(symbol == "%" ? remainder : (left - remainder) / right)
        default: throw JinjaError("'\(symbol)' of whole numbers is not known")
        }
    }

    private static func result(
        _ left: Double, _ symbol: String, _ right: Double
    ) throws(JinjaError) -> Double {
        switch symbol {
        case "+": return left + right
        case "-": return left - right
        case "*": return left * right
        case "/", "//":
            guard right != 0 else { throw JinjaError("a number is divided by 0") }
            return symbol == "/" ? left / right : (left / right).rounded(.down)
        default: throw JinjaError("'\(symbol)' of such numbers is not known")
        }
    }

    private static func whole(
        _ result: (partialValue: Int, overflow: Bool)
    ) throws(JinjaError) -> JinjaValue {
        guard !result.overflow else { throw JinjaError("a number becomes too large") }
        return .integer(result.partialValue)
    }
}

extension Int {
    fileprivate func multipliedClamping(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}

extension JinjaValue {
    /// How many letters and items it has.
    var size: Int {
        switch self {
        case .text(let text): text.count + 1
        case .list(let items): items.reduce(1) { $0 + $1.size }
        case .mapping(let mapping):
            mapping.entries.reduce(1) { $0 + $1.key.count + $1.value.size }
        default: 1
        }
    }
}
