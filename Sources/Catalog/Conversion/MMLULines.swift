import Foundation

/// MMLU's files: `question,A,B,C,D,answer` without a header.
enum MMLULines {
    static func csv(_ rows: [ArrowTable.Row]) throws(FormProblem) -> (Data, Int) {
        var text = ""
        for row in rows {
            let choices = try row.texts("choices")
            let answer = try row.integer("answer")
            guard choices.count == 4, choices.indices.contains(answer) else {
                throw FormProblem("\(choices.count) options, answer \(answer)")
            }
            let letters = ["A", "B", "C", "D"]
            let fields = [try row.text("question")] + choices + [letters[answer]]
            text += fields.map(field).joined(separator: ",") + "\n"
        }
        return (Data(text.utf8), rows.count)
    }

    /// A field, in quotes where it needs them.
    private static func field(_ text: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
        guard text.unicodeScalars.contains(where: special.contains) else { return text }
        return "\"\(text.replacingOccurrences(of: "\"", with: "\"\"", options: .literal))\""
    }
}
