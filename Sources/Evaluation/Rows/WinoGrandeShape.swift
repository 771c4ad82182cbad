internal import Datasets
internal import Tokenizers

/// WinoGrande's sentences, parted at their blank.
///
/// - Example: `Sarah was a much better surgeon than Maria so _ always got the easier cases.` gives
///   `Sarah was a much better surgeon than Maria so ` and `always got the easier cases.`
/// - Reference: Sakaguchi et al., *WinoGrande*, 1907.10641.
enum WinoGrandeShape {
    static func fields(of row: JSONValue) throws(FieldProblem) -> [(key: String, value: JSONValue)]
    {
        let sentence = try row.text("sentence").unicodeScalars
        guard let blank = sentence.firstIndex(of: "_") else {
            throw .missing("sentence with a blank _", known: (row.object ?? []).map(\.key))
        }
        let end = String(sentence[sentence.index(after: blank)...])
        return [
            ("start", .string(String(sentence[..<blank]))),
            ("end", .string(PythonText.stripped(end))),
        ]
    }
}
