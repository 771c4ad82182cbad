internal import Models

/// A number of an adapter, which some modules have for themselves.
///
/// Source: PEFT 0.21.2, `get_pattern_key`: the first expression that fits a module, in the file's
/// order, gives its number.
struct ModuleValue<Value> {
    private let common: Value
    private var own: [(expression: ModuleExpression, value: Value)] = []

    /// The same for all modules.
    init(_ common: Value) { self.common = common }

    /// - Parameters:
    ///   - common: What modules have that no expression fits.
    ///   - key: The key with the expressions and their numbers.
    ///   - file: The adapter's configuration.
    ///   - kind: What the numbers must be.
    ///   - problems: Gets a sentence for everything that is wrong with the key.
    init(
        _ common: Value, by key: String, in file: JSONObjectFile, _ kind: KeyReader.Kind<Value>,
        _ problems: inout [String]
    ) {
        self.common = common
        guard let value = file.values[key], !value.isUnset else { return }
        guard let numbers = value.object, numbers.count <= Self.most else {
            problems.append("\(key) is \(value), not an object of at most \(Self.most) keys")
            return
        }
        var reader = KeyReader(numbers)
        let texts = file.keys(of: key)
        if Set(texts).count < texts.count { problems.append("\(key) has a key twice; remove one") }
        for text in texts {
            guard let value = reader.required(text, kind) else { continue }
            if let expression = ModuleExpression(end: text) {
                own.append((expression, value))
            } else {
                problems.append("\(key) has \(text.prefix(80)), not an expression that is known")
            }
        }
        problems += reader.problems.map { "\(key): \($0)" }
    }

    /// Far more than any model has modules.
    private static var most: Int { 4096 }

    /// All numbers that modules may have.
    var all: [Value] { [common] + own.map(\.value) }

    /// The number of a module.
    func callAsFunction(_ module: String) throws(ModuleExpression.Endless) -> Value {
        for (expression, value) in own where try expression.matches(module) { return value }
        return common
    }
}
