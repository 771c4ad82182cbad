package import RunEvents

/// One line of a run's table, the same in `metrics.csv`, on a headless run's output and in exports.
package struct TableRow: Sendable, Equatable {
    package static let schema = 1
    package static let header =
        "schema,run,arm,method,rank,seed,step,tokens,seconds,kind,task,metric,value,note"

    package var run: String
    /// Empty where the row concerns the whole run; then `method`, `rank` and `seed` are too.
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
    /// Nil in rows of kind `event`.
    package var value: Double?
    package var note: String

    /// The row as CSV (RFC 4180 quoting), without the line break.
    package var line: String {
        let fields = [
            String(Self.schema), run, arm, method, rank.map(String.init) ?? "",
            seed.map(String.init) ?? "", String(step), String(tokens), Self.text(seconds),
            kind.rawValue, task, metric, value.map(Self.text) ?? "", note,
        ]
        return fields.map(Self.quoted).joined(separator: ",")
    }

    /// The shortest decimal that reads back as the same number; `nan`, `inf` and `-inf` otherwise.
    package static func text(_ number: Double) -> String {
        number.isNaN ? "nan" : number.description
    }

    private static func quoted(_ field: String) -> String {
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
