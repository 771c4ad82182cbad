internal import Datasets
internal import Tokenizers

/// How rows of a published form get fields that a template can use, where placeholders do not suffice.
package enum RowShape: String, Sendable, CaseIterable {
    /// Gives `query` and `endings`, cleaned up.
    case hellaswag
    /// Gives `start` and `end` of a `sentence`, the texts on both sides of its blank.
    case winogrande
    /// Gives `start` and `end` of a `text`, its last word.
    case lastWord = "last_word"

    /// The row with its new fields in front of its own.
    func fields(of row: JSONValue) throws(FieldProblem) -> JSONValue {
        let new: [(key: String, value: JSONValue)] =
            switch self {
            case .hellaswag: try HellaSwagShape.fields(of: row)
            case .winogrande: try WinoGrandeShape.fields(of: row)
            case .lastWord: try LastWordShape.fields(of: row)
            }
        return .object(new + (row.object ?? []))
    }
}

extension JSONValue {
    /// The text of a field.
    func text(_ field: String) throws(FieldProblem) -> String {
        try FieldReference(named: field).text(in: self)
    }
}
