/// Carries out a template.
///
/// Templates come with models from anywhere: how deep calls nest, how many steps are made and how much
/// text is handled have limits.
struct JinjaRenderer {
    /// Where the next part of a template goes on.
    private enum Flow {
        case next, leaveLoop, nextRound
    }

    var scope: JinjaScope
    private(set) var output: [JinjaText.Letter] = []
    /// The steps and letters that are left.
    private var budget: Int
    private var depth = 0

    /// How deep statements, expressions and calls may nest in all.
    private static let depthLimit = 120

    init(_ names: [String: JinjaValue], budget: Int) {
        scope = JinjaScope(names)
        self.budget = budget
    }

    /// Carries out a whole template.
    mutating func render(_ nodes: [JinjaNode]) throws(JinjaError) {
        guard case .next = try run(nodes) else {
            throw JinjaError("{% break %} or {% continue %} stands outside a loop")
        }
    }

    /// Counts work against the limit.
    mutating func spend(_ work: Int = 1) throws(JinjaError) {
        budget -= min(work, budget + 1)
        guard budget >= 0 else { throw JinjaError("it takes too many steps, or too much text") }
    }

    /// What `body` gives, one level deeper.
    mutating func nested<Result>(
        _ body: (inout JinjaRenderer) throws(JinjaError) -> Result
    ) throws(JinjaError) -> Result {
        try spend()
        depth += 1
        guard depth <= Self.depthLimit else { throw JinjaError("calls nest too deeply") }
        let result = try body(&self)
        depth -= 1
        return result
    }

    /// The text that nodes print, in a scope of their own.
    mutating func printed(_ nodes: [JinjaNode], in inner: JinjaScope) throws(JinjaError)
        -> JinjaText
    {
        let (outer, before) = (scope, output)
        (scope, output) = (inner, [])
        _ = try nested { (renderer) throws(JinjaError) in try renderer.run(nodes) }
        let text = JinjaText(output)
        (scope, output) = (outer, before)
        return text
    }

    private mutating func run(_ nodes: [JinjaNode]) throws(JinjaError) -> Flow {
        for node in nodes {
            do {
                let flow = try nested { (renderer) throws(JinjaError) in
                    try renderer.run(node.content)
                }
                guard case .next = flow else { return flow }
            } catch { throw error.located(at: node.line) }
        }
        return .next
    }

    private mutating func run(_ statement: JinjaStatement) throws(JinjaError) -> Flow {
        switch statement {
        case .text(let text): try write(text)
        case .output(let expression): try write(try value(of: expression).printed())
        case .branches(let branches, let otherwise): return try choose(branches, otherwise)
        case .loop(let loop): try run(loop)
        case .assign(let target, let expression): try assign(try value(of: expression), to: target)
        case .capture(let name, let body):
            scope[name] = .text(try printed(body, in: JinjaScope(in: scope)))
        case .macro(let macro): scope[macro.name] = .function(.macro(macro, scope))
        case .leaveLoop: return .leaveLoop
        case .nextRound: return .nextRound
        case .group(let body): return try run(body)
        }
        return .next
    }

    private mutating func write(_ text: JinjaText) throws(JinjaError) {
        try spend(text.count)
        output += text.letters
    }

    private mutating func choose(
        _ branches: [JinjaStatement.Branch], _ otherwise: [JinjaNode]
    ) throws(JinjaError) -> Flow {
        for branch in branches where try value(of: branch.condition).isTrue {
            return try run(branch.body)
        }
        return try run(otherwise)
    }

    private mutating func assign(
        _ value: JinjaValue, to target: JinjaStatement.Target
    ) throws(JinjaError) {
        switch target {
        case .names(let names): try bind(names, to: value, in: scope)
        case .attribute(let name, let key):
            guard case .namespace(let namespace) = scope[name] else {
                throw JinjaError("'\(name)' is no namespace, so that '\(key)' cannot be set")
            }
            namespace.values[JinjaText(key)] = try kept(value)
        }
    }

    private func bind(
        _ names: [String], to value: JinjaValue, in scope: JinjaScope
    ) throws(JinjaError) {
        guard names.count > 1 else {
            scope[names[0]] = value
            return
        }
        let items = try value.asItems()
        guard items.count == names.count else {
            throw JinjaError("\(items.count) values are given to \(names.count) names")
        }
        for (name, item) in zip(names, items) { scope[name] = item }
    }

    // MARK: - Loops

    private mutating func run(_ loop: JinjaStatement.Loop) throws(JinjaError) {
        let outer = scope
        var items: [JinjaValue] = []
        for item in try value(of: loop.list).asItems() {
            try spend()
            scope = JinjaScope(in: outer)
            try bind(loop.names, to: item, in: scope)
            if let condition = loop.condition, try !value(of: condition).isTrue { continue }
            items.append(item)
        }
        for index in items.indices {
            scope = JinjaScope(["loop": Self.state(index, items)], in: outer)
            try bind(loop.names, to: items[index], in: scope)
            if case .leaveLoop = try run(loop.body) { break }
        }
        scope = outer
        if items.isEmpty { _ = try run(loop.otherwise) }
    }

    /// What a loop's body knows as `loop`.
    private static func state(_ index: Int, _ items: [JinjaValue]) -> JinjaValue {
        let last = items.count - 1
        return .mapping(
            JinjaMapping([
                ("index", .integer(index + 1)), ("index0", .integer(index)),
                ("revindex", .integer(last - index + 1)), ("revindex0", .integer(last - index)),
                ("first", .boolean(index == 0)), ("last", .boolean(index == last)),
                ("length", .integer(items.count)),
                ("previtem", index > 0 ? items[index - 1] : .undefined("loop.previtem")),
                ("nextitem", index < last ? items[index + 1] : .undefined("loop.nextitem")),
            ]))
    }
}
