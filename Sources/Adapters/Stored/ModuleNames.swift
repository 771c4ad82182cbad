internal import Models

/// Modules that a key of an adapter's configuration names: by a list of whole names or their last
/// parts, or by an expression for whole names.
struct ModuleNames {
    private var names: Set<String> = []
    private var expression: ModuleExpression?

    /// - Parameters:
    ///   - value: The value of the key.
    ///   - key: The key.
    ///   - problems: Gets a sentence if the value is neither.
    init(_ value: FileValue, of key: String, _ problems: inout [String]) {
        if let texts = value.strings {
            names = Set(texts)
        } else if let known = value.string.flatMap({ ModuleExpression(whole: $0) }) {
            expression = known
        } else {
            problems.append("\(key) is \(value), neither names nor an expression that is known")
        }
    }

    func contains(_ module: String) throws(ModuleExpression.Endless) -> Bool {
        if let expression { return try expression.matches(module) }
        let parts = module.split(separator: ".")
        return parts.indices.contains { names.contains(parts[$0...].joined(separator: ".")) }
    }
}
