/// A line of text in several styles.
struct StyledText: Equatable, Sendable {
    struct Run: Equatable, Sendable {
        var text: String
        var style: CellStyle
    }

    private(set) var runs: [Run] = []

    init() {}

    init(_ text: String, _ style: CellStyle = .standard) { append(text, style) }

    mutating func append(_ text: String, _ style: CellStyle = .standard) {
        runs.append(Run(text: text, style: style))
    }

    mutating func append(_ other: StyledText) { runs.append(contentsOf: other.runs) }

    var width: Int { runs.reduce(0) { $0 + DisplayText.width($1.text) } }

    /// The text without styles.
    var plain: String { runs.map(\.text).joined() }

    /// Adds blanks up to `width` columns.
    mutating func pad(to width: Int) {
        let missing = width - self.width
        if missing > 0 { append(String(repeating: " ", count: missing)) }
    }
}
