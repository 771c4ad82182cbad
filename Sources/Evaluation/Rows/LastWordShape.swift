internal import Datasets
internal import Tokenizers

/// LAMBADA's passages: all words but the last are read, the last is predicted.
///
/// Words are parted by single spaces, so that two spaces have an empty word between them.
/// - Reference: Paperno et al., *The LAMBADA dataset*, 1606.06031; lm-evaluation-harness 0.4, tasks
///   `lambada_openai` and `lambada_standard`.
enum LastWordShape {
    static func fields(of row: JSONValue) throws(FieldProblem) -> [(key: String, value: JSONValue)]
    {
        let words = try row.text("text").split(separator: " ", omittingEmptySubsequences: false)
        return [
            ("start", .string(words.dropLast().joined(separator: " "))),
            ("end", .string(words.last.map(String.init) ?? "")),
        ]
    }
}
