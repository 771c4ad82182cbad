package import RunEvents

/// One line of a run's table, the same in `metrics.csv`, on a headless run's output and in exports.
package struct TableRow: Sendable, Equatable {
    package var run: String
    /// The unique name of one arm at one learning rate with one seed (`full-s1`).
    ///
    /// Empty where the row concerns the whole run; then there is no arm, method, rank, seed or rate. In
    /// rows of kind `verdict` the arm's name.
    package var trajectory: String
    /// The arm's name in the study file; the trajectory's in runs that did not record it.
    package var arm: String
    package var method: String
    package var rank: Int?
    package var seed: UInt64?
    package var step: Int
    package var tokens: Int
    package var seconds: Double
    package var kind: ObservationKind
    package var task: String
    package var metric: String
    /// Nil in rows of kind `event`, and in those of kind `verdict` that say something in words.
    package var value: Double?
    package var note: String
    /// The planned peak of the learning rate.
    package var learningRate: Double?
    /// The value's standard error over its items; nil where there is none.
    package var error: Double?
    /// The items that the value is made of; nil where it is not made of items.
    package var count: Int?

    /// The row as CSV (RFC 4180 quoting), without the line break.
    package func line(in schema: TableSchema = .current) -> String {
        let fields = common(schema) + (schema == .first ? [] : own)
        return fields.map(Self.quoted).joined(separator: ",")
    }

    /// The columns of every schema.
    private func common(_ schema: TableSchema) -> [String] {
        [
            String(schema.rawValue), run, schema == .first ? trajectory : arm, method,
            Self.text(rank), Self.text(seed), String(step), String(tokens), Self.text(seconds),
            kind.rawValue, task, metric, Self.text(value),
            schema == .first ? noteWithError : note,
        ]
    }

    /// The columns that the first schema lacks.
    private var own: [String] { [Self.text(learningRate), Self.text(error), Self.text(count)] }

    /// The note as the first schema has it, the standard error to four places.
    private var noteWithError: String {
        guard note.isEmpty, let count else { return note }
        return "n=\(count) stderr=\(Self.text(((error ?? .nan) * 1e4).rounded() / 1e4))"
    }

    /// The shortest decimal that reads back as the same number; `nan`, `inf` and `-inf` otherwise.
    package static func text(_ number: Double) -> String {
        number.isNaN ? "nan" : number.description
    }

    private static func text(_ number: Double?) -> String { number.map { text($0) } ?? "" }

    private static func text(_ number: (some BinaryInteger)?) -> String {
        number.map { String($0) } ?? ""
    }

    /// A field as RFC 4180 has it: in quotes where it needs them.
    package static func quoted(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        guard needsQuotes else { return field }
        return "\""
            + field.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
