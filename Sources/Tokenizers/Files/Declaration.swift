/// An object of a tokenizer's file that declares a stage: its `type` and its options.
///
/// Every option is asked for by name; ``finish(_:)`` refuses those that nobody knows.
struct Declaration {
    /// The way to it from the file's outermost object, such as `pre_tokenizer.pretokenizers.0`.
    let place: String
    private let members: [String: JSONValue]

    /// - Throws: `TokenizerError.malformed` if `value` is not an object.
    init(_ value: JSONValue, _ place: String) throws(TokenizerError) {
        guard let object = value.object else {
            throw .malformed(place: place, found: value.summary, expected: "an object")
        }
        self.place = place
        members = Dictionary(object.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// The option, or nil where it is missing or null.
    subscript(_ key: String) -> JSONValue? {
        guard let value = members[key], !value.isNull else { return nil }
        return value
    }

    func at(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

    func text(_ key: String) throws(TokenizerError) -> String? {
        try read(key, "a text") { $0.string }
    }

    func bool(_ key: String) throws(TokenizerError) -> Bool? {
        try read(key, "true or false") { $0.bool }
    }

    func integer(_ key: String) throws(TokenizerError) -> Int? {
        try read(key, "a whole number") { $0.integer }
    }

    func number(_ key: String) throws(TokenizerError) -> Double? {
        try read(key, "a number") { value in
            if case .number(let number) = value { number } else { value.integer.map(Double.init) }
        }
    }

    func list(_ key: String) throws(TokenizerError) -> [JSONValue]? {
        try read(key, "a list") { $0.array }
    }

    func child(_ key: String) throws(TokenizerError) -> Declaration? {
        guard let value = self[key] else { return nil }
        return try Declaration(value, at(key))
    }

    func children(_ key: String) throws(TokenizerError) -> [Declaration] {
        var children: [Declaration] = []
        for (index, value) in try required(list(key), key).enumerated() {
            children.append(try Declaration(value, "\(at(key)).\(index)"))
        }
        return children
    }

    func type() throws(TokenizerError) -> String { try required(text("type"), "type") }

    func required<Value>(_ value: Value?, _ key: String) throws(TokenizerError) -> Value {
        guard let value else {
            throw .malformed(place: at(key), found: "missing", expected: "a value")
        }
        return value
    }

    /// - Throws: `TokenizerError.unsupported` for an option, other than the type, that is not `known`.
    func finish(_ known: String...) throws(TokenizerError) {
        let unknown = members.filter { !$1.isNull }.keys.sorted()
            .first { $0 != "type" && !known.contains($0) }
        guard let unknown else { return }
        throw .unsupported(
            component: "option", found: at(unknown),
            supported: known.isEmpty ? "no options there" : known.joined(separator: ", "))
    }

    /// The error for a type that is not implemented.
    func unknownType(_ component: String, _ supported: String) -> TokenizerError {
        let found = (try? type()) ?? "without a type"
        return .unsupported(component: component, found: found, supported: supported)
    }

    private func read<Value>(
        _ key: String, _ expected: String, _ convert: (JSONValue) -> Value?
    ) throws(TokenizerError) -> Value? {
        guard let value = self[key] else { return nil }
        guard let converted = convert(value) else {
            throw .malformed(place: at(key), found: value.summary, expected: expected)
        }
        return converted
    }
}
