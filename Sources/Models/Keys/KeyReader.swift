/// Takes typed values out of the keys of a file and collects what is wrong with them.
package struct KeyReader {
    private let values: [String: FileValue]
    /// A sentence for every key that is missing or of the wrong type, by its name in the file.
    package private(set) var problems: [String] = []

    package init(_ values: [String: FileValue]) { self.values = values }

    /// A key that must be there; nil, and told, if it is not.
    package mutating func required<Value>(
        _ key: String, _ kind: Kind<Value>
    ) -> Value? {
        guard values[key].map({ $0 != .null }) == true else {
            problems.append("no \(key)")
            return nil
        }
        return optional(key, kind)
    }

    /// A key that may be missing or null; nil too, and told, if it is of another kind.
    package mutating func optional<Value>(_ key: String, _ kind: Kind<Value>) -> Value? {
        guard let value = values[key], value != .null else { return nil }
        guard let typed = kind.value(value) else {
            problems.append("\(key) is \(value), not \(kind.name)")
            return nil
        }
        return typed
    }

    /// What a value must be.
    package struct Kind<Value> {
        let name: String
        let value: (FileValue) -> Value?
    }
}

extension KeyReader.Kind where Value == Int {
    package static var integer: Self { Self(name: "an integer") { $0.int } }
}

extension KeyReader.Kind where Value == Double {
    package static var number: Self { Self(name: "a number") { $0.float } }
}

extension KeyReader.Kind where Value == Bool {
    package static var flag: Self { Self(name: "true or false") { $0.bool } }
}

extension KeyReader.Kind where Value == String {
    package static var text: Self { Self(name: "a text") { $0.string } }
}

extension KeyReader.Kind where Value == [String] {
    package static var texts: Self { Self(name: "a list of texts") { $0.strings } }
}
