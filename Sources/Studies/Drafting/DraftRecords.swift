internal import Datasets
internal import Foundation

/// The rows of a file that a study is drafted for.
struct DraftRecords {
    /// One of them.
    struct Row {
        let record: Record
        /// Its JSON, on one line, as the file has it.
        let line: Data

        /// What it asks, or the text that it is; rows of which this is equal are kept together.
        ///
        /// White space and capitals do not tell questions apart.
        var key: String {
            let question = record.earlier.map(\.text) + [record.instruction, record.input]
            let text = record.asks ? question.joined(separator: "\n") : record.output
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                .lowercased()
        }
    }

    let rows: [Row]
    /// By the shape of the rows: text alone is continued, whatever asks something is answered.
    let regime: Study.Regime

    init(rows: [Row], regime: Study.Regime) {
        self.rows = rows
        self.regime = regime
    }

    /// - Throws: `DatasetError`.
    init(_ file: URL) throws {
        if PlainText.isText(file) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            rows = try PlainText.read(file).map { text in
                Row(
                    record: Record(instruction: "", output: text),
                    line: try encoder.encode(["text": text]))
            }
            regime = .continue
        } else {
            rows = zip(try Record.read(file), try JSONRows.lines(of: file)).map {
                Row(record: $0, line: $1)
            }
            regime = rows.contains { $0.record.asks } ? .instruct : .continue
        }
    }

    /// The rows at some places, in order.
    func picking(_ places: [Int]) -> DraftRecords {
        DraftRecords(rows: places.map { rows[$0] }, regime: regime)
    }

    /// A row a line.
    var contents: Data {
        rows.reduce(into: Data()) { data, row in
            data.append(row.line)
            data.append(0x0A)
        }
    }
}
