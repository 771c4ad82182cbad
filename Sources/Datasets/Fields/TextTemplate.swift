package import Tokenizers

/// A text with places for the fields of a row: `Question: {question}\nAnswer:`.
///
/// `{{` and `}}` stand for braces.
package struct TextTemplate: Sendable, Hashable {
    /// A part of the text.
    package enum Piece: Sendable, Hashable {
        case text(String)
        case field(FieldReference)
    }

    /// In order.
    package let pieces: [Piece]
    /// The template as it was written.
    package let source: String

    /// Of no text.
    package static let empty = TextTemplate()

    private init() {
        pieces = []
        source = ""
    }

    /// - Throws: `TextTemplateProblem`.
    package init(_ source: String) throws(TextTemplateProblem) {
        self.source = source
        var pieces: [Piece] = []
        var text = ""
        var rest = source[...]
        while let first = rest.popFirst() {
            guard first == "{" || first == "}", rest.first != first else {
                if first == "{" || first == "}" { rest.removeFirst() }
                text.append(first)
                continue
            }
            guard first == "{", let end = rest.firstIndex(of: "}") else { throw .brace(first) }
            if !text.isEmpty { pieces.append(.text(text)) }
            text = ""
            pieces.append(.field(try FieldReference(String(rest[..<end]))))
            rest = rest[rest.index(after: end)...]
        }
        if !text.isEmpty { pieces.append(.text(text)) }
        self.pieces = pieces
    }

    /// The placeholders, in order.
    package var fields: [FieldReference] {
        pieces.compactMap { if case .field(let field) = $0 { field } else { nil } }
    }

    /// The text for a row.
    ///
    /// - Throws: `FieldProblem`.
    package func text(of row: JSONValue) throws(FieldProblem) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let constant): text += constant
            case .field(let field): text += try field.text(in: row)
            }
        }
        return text
    }

    /// The texts of the list that the only placeholder stands for.
    ///
    /// - Throws: `FieldProblem`, also for a template that is more than one placeholder.
    package func texts(of row: JSONValue) throws(FieldProblem) -> [String] {
        guard pieces.count == 1, let field = fields.first else {
            throw .noList(source, "a text")
        }
        return try field.texts(in: row)
    }
}

/// What is wrong with a template.
package enum TextTemplateProblem: Error, Equatable, Sendable, CustomStringConvertible {
    case brace(Character)
    case badPlace(String)

    package var description: String {
        switch self {
        case .brace(let brace):
            "has a single `\(brace)`; write {field}, or \(brace)\(brace) for the character itself"
        case .badPlace(let text):
            "`{\(text)}` names no field; write {name}, {name.part}, {list[0]}, {list[*].part}, "
                + "{one or other} or {name|strip}"
        }
    }
}
