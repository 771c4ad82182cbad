internal import Datasets
internal import Tokenizers

/// HellaSwag's clean-up of activity, context and endings.
///
/// - Example: activity `Roof shingle removal`, context `A man is sitting on a roof.` + `he` give the query
///   `Roof shingle removal: A man is sitting on a roof. He`.
/// - Reference: Zellers et al., *HellaSwag: Can a Machine Really Finish Your Sentence?*, 1905.07830;
///   lm-evaluation-harness 0.4, task `hellaswag`, artefacts of its clean-up included.
enum HellaSwagShape {
    static func fields(of row: JSONValue) throws(FieldProblem) -> [(key: String, value: JSONValue)]
    {
        let end = PythonText.capitalized(try row.text("ctx_b"))
        let query = "\(try row.text("activity_label")): \(try row.text("ctx_a")) \(end)"
        let endings = try FieldReference(named: "endings").texts(in: row)
        return [
            ("query", .string(clean(query))),
            ("endings", .array(endings.map { .string(clean($0)) })),
        ]
    }

    /// The harness's clean-up, in its order.
    ///
    /// Space is stripped before bracketed text is deleted, so an ending that begins with a bracket
    /// keeps a leading space, and `. [title]` becomes `.. `; published scores contain both.
    static func clean(_ text: String) -> String {
        var scalars = PythonText.stripped(text).unicodeScalars
        scalars = scalars.replacing(" [title]".unicodeScalars, with: ". ".unicodeScalars)
        scalars = withoutBrackets(scalars)
        return String(scalars.replacing("  ".unicodeScalars, with: " ".unicodeScalars))
    }

    /// Deletes each `[` with the shortest text up to a `]` on the same line.
    private static func withoutBrackets(
        _ scalars: String.UnicodeScalarView
    ) -> String.UnicodeScalarView {
        var kept = String.UnicodeScalarView()
        var rest = scalars[...]
        while let open = rest.firstIndex(of: "[") {
            kept += rest[..<open]
            let inside = rest[open...].prefix { $0 != "]" && $0 != "\n" }
            rest = rest[inside.endIndex...]
            // Without a `]` nothing up to the end of the line goes, whatever other `[` it holds.
            let stop = rest.popFirst()
            if stop != "]" { kept += inside + [stop].compactMap { $0 } }
        }
        return kept + rest
    }
}
