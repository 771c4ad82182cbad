/// HellaSwag: which of four endings continues a description of an everyday activity.
///
/// - Data: https://github.com/rowanz/hellaswag, `hellaswag_val.jsonl` (10,042 items); chance 25 %.
/// - Example: activity `Roof shingle removal`, context `A man is sitting on a roof.` + `he`, ending
///   3 `starts pulling up roofing on a roof.` scores ` starts pulling up roofing on a roof.` after
///   `Roof shingle removal: A man is sitting on a roof. He`.
/// - Scoring: as lm-evaluation-harness, artefacts of its clean-up included; `acc_norm` is the metric
///   that is usually published (SmolLM2-135M-Instruct 43.0 %, 0-shot).
/// - Reference: Zellers et al., *HellaSwag: Can a Machine Really Finish Your Sentence?*, 1905.07830.
struct HellaSwagRow: Decodable {
    let item: MultipleChoiceItem

    private enum Key: String, CodingKey {
        case activity = "activity_label"
        case contextStart = "ctx_a"
        case contextEnd = "ctx_b"
        case endings, label
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        let start = try row.decode(String.self, forKey: .contextStart)
        let end = HarnessText.capitalized(try row.decode(String.self, forKey: .contextEnd))
        let activity = try row.decode(String.self, forKey: .activity)
        let endings = try row.decode([String].self, forKey: .endings)
        let gold = try row.decode(LenientInteger.self, forKey: .label).value
        try RowProblem.check(gold: gold, count: endings.count)
        item = MultipleChoiceItem(
            context: Self.clean("\(activity): \(start) \(end)"), options: endings.map(Self.clean),
            gold: gold)
    }

    /// The harness's clean-up, in its order.
    ///
    /// Space is stripped before bracketed text is deleted, so an ending that begins with a bracket
    /// keeps a leading space, and `. [title]` becomes `.. `; published scores contain both.
    static func clean(_ text: String) -> String {
        var scalars = HarnessText.stripped(text).unicodeScalars
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
