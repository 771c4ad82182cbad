/// Reads the statements of a template.
///
/// Known are `for`, `if`, `set`, `macro`, `break`, `continue` and transformers' `generation`; any other
/// is refused by name.
struct JinjaTemplateParser {
    private let parts: [JinjaPart]
    private var position = 0
    private var depth = 0

    /// How deep statements may nest.
    private static let depthLimit = 40

    static func nodes(of template: String) throws(JinjaError) -> [JinjaNode] {
        var parser = JinjaTemplateParser(parts: try JinjaLexer.parts(of: template))
        return try parser.body(until: []).nodes
    }

    private init(parts: [JinjaPart]) { self.parts = parts }

    /// The nodes up to a statement of one of these names, and that statement's words.
    private mutating func body(
        until ends: [String]
    ) throws(JinjaError) -> (nodes: [JinjaNode], end: JinjaExpressionParser) {
        depth += 1
        guard depth <= Self.depthLimit else { throw JinjaError("statements nest too deeply") }
        var nodes: [JinjaNode] = []
        while position < parts.count {
            let part = parts[position]
            position += 1
            do {
                if let end = try read(part, until: ends, into: &nodes) {
                    depth -= 1
                    return (nodes, end)
                }
            } catch { throw error.located(at: part.line) }
        }
        guard ends.isEmpty else { throw JinjaError("{% \(ends[0]) %} is missing") }
        return (nodes, JinjaExpressionParser([]))
    }

    /// Reads one part; what it returns ends the body.
    private mutating func read(
        _ part: JinjaPart, until ends: [String], into nodes: inout [JinjaNode]
    ) throws(JinjaError) -> JinjaExpressionParser? {
        let content: JinjaStatement
        switch part.content {
        case .text(let text): content = .text(JinjaText(text))
        case .output(let tokens):
            var words = JinjaExpressionParser(tokens)
            content = .output(try words.expression())
            try words.expectEnd()
        case .statement(let tokens):
            var words = JinjaExpressionParser(tokens)
            let name = try words.name()
            if ends.contains(name) { return JinjaExpressionParser(tokens) }
            content = try statement(name, &words)
        }
        nodes.append(JinjaNode(content: content, line: part.line))
        return nil
    }

    private mutating func statement(
        _ name: String, _ words: inout JinjaExpressionParser
    ) throws(JinjaError) -> JinjaStatement {
        switch name {
        case "if": return try branches(&words)
        case "for": return try loop(&words)
        case "set": return try assignment(&words)
        case "macro": return try macro(&words)
        case "generation":
            try words.expectEnd()
            return .group(try closed(by: "endgeneration"))
        case "break", "continue":
            try words.expectEnd()
            return name == "break" ? .leaveLoop : .nextRound
        default: throw JinjaError("the statement {% \(name) %} is not known")
        }
    }

    /// The nodes up to a statement that is one word.
    private mutating func closed(by end: String) throws(JinjaError) -> [JinjaNode] {
        var (nodes, words) = try body(until: [end])
        _ = try words.name()
        try words.expectEnd()
        return nodes
    }

    private mutating func branches(
        _ words: inout JinjaExpressionParser
    ) throws(JinjaError) -> JinjaStatement {
        var branches: [JinjaStatement.Branch] = []
        var condition = try words.expression()
        try words.expectEnd()
        while true {
            var (nodes, end) = try body(until: ["endif", "elif", "else"])
            branches.append(.init(condition: condition, body: nodes))
            let name = try end.name()
            if name == "elif" { condition = try end.expression() }
            try end.expectEnd()
            if name == "endif" { return .branches(branches, otherwise: []) }
            if name == "else" { return .branches(branches, otherwise: try closed(by: "endif")) }
        }
    }

    private mutating func loop(
        _ words: inout JinjaExpressionParser
    ) throws(JinjaError) -> JinjaStatement {
        let names = try names(&words)
        try words.expect(.name("in"))
        let list = try words.disjunction()
        let condition = words.take(.name("if")) ? try words.expression() : nil
        if words.next == .name("recursive") { throw JinjaError("recursive loops are not known") }
        try words.expectEnd()
        var (nodes, end) = try body(until: ["endfor", "else"])
        let hasElse = try end.name() == "else"
        try end.expectEnd()
        return .loop(
            .init(
                names: names, list: list, condition: condition, body: nodes,
                otherwise: hasElse ? try closed(by: "endfor") : []))
    }

    private func names(_ words: inout JinjaExpressionParser) throws(JinjaError) -> [String] {
        let isBracketed = words.take(.symbol("("))
        var names = [try words.name()]
        while words.take(.symbol(",")) { names.append(try words.name()) }
        if isBracketed { try words.expect(.symbol(")")) }
        return names
    }

    private mutating func assignment(
        _ words: inout JinjaExpressionParser
    ) throws(JinjaError) -> JinjaStatement {
        var target = JinjaStatement.Target.names(try names(&words))
        if case .names(let names) = target, names.count == 1, words.take(.symbol(".")) {
            target = .attribute(of: names[0], try words.name())
        }
        guard words.take(.symbol("=")) else {
            try words.expectEnd()
            guard case .names(let names) = target, names.count == 1 else {
                throw JinjaError("{% set %} of a block needs one name")
            }
            return .capture(names[0], try closed(by: "endset"))
        }
        var values = [try words.expression()]
        while words.take(.symbol(",")) { values.append(try words.expression()) }
        try words.expectEnd()
        return .assign(target, values.count == 1 ? values[0] : .list(values))
    }

    private mutating func macro(
        _ words: inout JinjaExpressionParser
    ) throws(JinjaError) -> JinjaStatement {
        let name = try words.name()
        try words.expect(.symbol("("))
        var parameters: [JinjaStatement.Macro.Parameter] = []
        while !words.take(.symbol(")")) {
            let name = try words.name()
            let fallback = words.take(.symbol("=")) ? try words.expression() : nil
            parameters.append(.init(name: name, fallback: fallback))
            if words.take(.symbol(")")) { break }
            try words.expect(.symbol(","))
        }
        try words.expectEnd()
        return .macro(
            .init(name: name, parameters: parameters, body: try closed(by: "endmacro")))
    }
}
