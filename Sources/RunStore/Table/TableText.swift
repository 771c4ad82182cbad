import RunEvents

/// A run's whole table as text, made event by event.
struct TableText {
    private let schema: TableSchema
    private var table = RunTable()
    /// The header and the rows so far.
    private(set) var text: String

    init(_ schema: TableSchema = .current) {
        self.schema = schema
        text = schema.header + "\n"
    }

    /// The rows, without a header, that follow those of a run's events so far.
    init(after run: RunState) {
        schema = .current
        table = RunTable(after: run)
        text = ""
    }

    /// Adds the rows of the next event.
    mutating func add(_ event: StampedEvent) {
        for row in table.rows(for: event) { text += row.line(in: schema) + "\n" }
    }
}
