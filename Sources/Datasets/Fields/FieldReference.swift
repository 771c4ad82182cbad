package import Tokenizers

/// A placeholder of a template: a field, or the first of several that a row has; `|strip` takes the
/// white space from its ends.
package struct FieldReference: Sendable, Hashable {
    private let paths: [FieldPath]
    private let isStripped: Bool
    /// The placeholder as it was written, without its braces.
    package let text: String

    /// - Throws: `TextTemplateProblem` if it has another form.
    init(_ text: String) throws(TextTemplateProblem) {
        self.text = text
        var rest = PythonText.stripped(text)
        isStripped = rest.hasSuffix("|strip")
        if isStripped { rest = String(rest.dropLast("|strip".count)) }
        var paths: [FieldPath] = []
        for path in rest.split(separator: " or ", omittingEmptySubsequences: false) {
            paths.append(try FieldPath(PythonText.stripped(String(path))))
        }
        self.paths = paths
    }

    /// The field of a name.
    package init(named name: String) {
        text = name
        isStripped = false
        paths = [FieldPath(field: name)]
    }

    /// What a row has there.
    ///
    /// - Throws: `FieldProblem.missing`.
    package func value(in row: JSONValue) throws(FieldProblem) -> JSONValue {
        guard let value = paths.lazy.compactMap({ $0.value(in: row) }).first else {
            throw .missing(text, known: (row.object ?? []).map(\.key))
        }
        return value
    }

    /// The text of what a row has there; the texts of a list stand on lines of their own.
    ///
    /// - Throws: `FieldProblem`.
    package func text(in row: JSONValue) throws(FieldProblem) -> String {
        let value = try value(in: row)
        let found = value.line ?? value.array?.lines?.joined(separator: "\n")
        guard let found else { throw .noText(text, value.summary) }
        return isStripped ? PythonText.stripped(found) : found
    }

    /// The texts of a list that a row has there.
    ///
    /// - Throws: `FieldProblem`.
    package func texts(in row: JSONValue) throws(FieldProblem) -> [String] {
        let value = try value(in: row)
        guard let list = value.array, let texts = list.lines else {
            throw .noList(text, value.summary)
        }
        return texts
    }
}

/// Why a row has no text for a placeholder.
package enum FieldProblem: Error, Equatable, Sendable, CustomStringConvertible {
    case missing(String, known: [String])
    case noText(String, String)
    case noList(String, String)

    package var description: String {
        switch self {
        case .missing(let name, let known):
            "nothing for {\(name)}; the row has \(known.isEmpty ? "no field" : known.joined(separator: ", "))"
        case .noText(let name, let value): "{\(name)} is \(value), not a text"
        case .noList(let name, let value): "{\(name)} is \(value), not a list of texts"
        }
    }
}

extension JSONValue {
    /// The text of a single value.
    fileprivate var line: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .bool(let flag): String(flag)
        case .null, .array, .object: nil
        }
    }
}

extension [JSONValue] {
    /// The texts of a list of single values; nil if one of them is none.
    fileprivate var lines: [String]? {
        let lines = compactMap(\.line)
        return lines.count == count ? lines : nil
    }
}
