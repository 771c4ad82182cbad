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

    /// Adds dim text to a title if it fits into the edge of a pane of `width` columns; whether it
    /// did.
    @discardableResult
    mutating func extend(by text: String, width: Int) -> Bool {
        guard self.width + DisplayText.width(text) <= width - 6 else { return false }
        append(text, CellStyle(.dim))
        return true
    }

    /// Adds blanks up to `width` columns.
    mutating func pad(to width: Int) {
        let missing = width - self.width
        if missing > 0 { append(String(repeating: " ", count: missing)) }
    }
}
