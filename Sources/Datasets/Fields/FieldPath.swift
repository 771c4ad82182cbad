package import Tokenizers

/// Where a value stands in a row: `question`, `choices.text`, `test_list[0]`.
///
/// | written | means |
/// |---|---|
/// | `a.b` | the field `b` of the object `a` |
/// | `a[2]` | the third element of a list |
/// | `a[*].b` | the field `b` of every element of a list, as a list |
/// | `a[keys]` | the names of an object's fields, in the order in which they are written |
package struct FieldPath: Sendable, Hashable {
    private enum Step: Sendable, Hashable {
        case field(String)
        case element(Int)
        case each
        case keys
    }

    private let steps: [Step]
    /// The path as it was written.
    package let text: String

    /// The field of a name.
    init(field name: String) {
        steps = [.field(name)]
        text = name
    }

    /// - Throws: `TextTemplateProblem` if it has another form.
    init(_ text: String) throws(TextTemplateProblem) {
        self.text = text
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let name = pieces.first, !name.isEmpty, name.allSatisfy(Self.isOfName) else {
                throw .badPlace(text)
            }
            steps.append(.field(String(name)))
            for piece in pieces.dropFirst() {
                guard piece.last == "]", let step = Self.step(piece.dropLast()) else {
                    throw .badPlace(text)
                }
                steps.append(step)
            }
        }
        self.steps = steps
    }

    private static func isOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "-"
    }

    private static func step(_ text: Substring) -> Step? {
        switch text {
        case "*": .each
        case "keys": .keys
        default: Int(text).flatMap { $0 >= 0 ? .element($0) : nil }
        }
    }

    /// What stands there; nil if nothing does, or null.
    package func value(in row: JSONValue) -> JSONValue? { Self.value(in: row, steps[...]) }

    private static func value(in value: JSONValue, _ steps: ArraySlice<Step>) -> JSONValue? {
        guard let step = steps.first else { return value.isNull ? nil : value }
        let rest = steps.dropFirst()
        switch step {
        case .field(let name):
            return value.object?.first { $0.key == name }.flatMap { self.value(in: $0.value, rest) }
        case .element(let index):
            guard let list = value.array, list.indices.contains(index) else { return nil }
            return self.value(in: list[index], rest)
        case .each:
            guard let list = value.array else { return nil }
            let values = list.compactMap { self.value(in: $0, rest) }
            return values.count == list.count ? .array(values) : nil
        case .keys:
            guard let fields = value.object, rest.isEmpty else { return nil }
            return .array(fields.map { .string($0.key) })
        }
    }
}
