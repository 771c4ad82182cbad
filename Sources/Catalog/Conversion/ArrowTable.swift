package import Foundation

/// A stream of Apache Arrow, as far as the tables of the catalog use it: columns of texts, whole
/// numbers and lists of texts, without compression, dictionaries and missing values.
///
/// Format: https://arrow.apache.org/docs/format/Columnar.html, version 5 of the metadata.
package struct ArrowTable {
    /// A value of a column.
    package enum Value: Equatable {
        case integer(Int)
        case text(String)
        case texts([String])
    }

    /// A row: values by the names of their columns.
    package struct Row: Equatable {
        package let values: [String: Value]

        /// - Throws: `FormProblem` unless `name` is a column of whole numbers.
        package func integer(_ name: String) throws(FormProblem) -> Int {
            guard case .integer(let value) = values[name] else { throw Self.absent(name) }
            return value
        }

        /// - Throws: `FormProblem` unless `name` is a column of texts.
        package func text(_ name: String) throws(FormProblem) -> String {
            guard case .text(let value) = values[name] else { throw Self.absent(name) }
            return value
        }

        /// - Throws: `FormProblem` unless `name` is a column of lists of texts.
        package func texts(_ name: String) throws(FormProblem) -> [String] {
            guard case .texts(let value) = values[name] else { throw Self.absent(name) }
            return value
        }

        private static func absent(_ name: String) -> FormProblem {
            FormProblem("no column \(name) of the expected type")
        }
    }

    package private(set) var rows: [Row] = []
    private var columns: [ArrowColumn] = []

    package init(_ file: URL) throws {
        try self.init(Data(contentsOf: file, options: .alwaysMapped))
    }

    /// - Throws: `FormProblem` for what is damaged or not read.
    package init(_ data: Data) throws(FormProblem) {
        let bytes = ArrowBytes(data)
        var position = 0
        while position < bytes.count {
            // Since version 0.15 a mark stands in front of the length; a length of 0 is the end.
            if try bytes.integer(UInt32.self, at: position) == UInt32.max { position += 4 }
            let length = try bytes.length(at: position)
            guard length > 0 else { break }
            let message = try FlatTable(root: position + 4, bytes)
            position += 4 + length
            try take(message, body: position)
            position += try bytes.checked(try message.integer(Int64.self, 3) ?? 0)
        }
    }

    private mutating func take(_ message: FlatTable, body: Int) throws(FormProblem) {
        guard let header = try message.table(2) else {
            throw FormProblem("a message without header")
        }
        switch try message.integer(UInt8.self, 1) {
        case 1: columns = try ArrowColumn.columns(of: header)
        case 3: try appendRows(of: ArrowBatch(header, body: body))
        case let kind: throw FormProblem("a message of kind \(kind ?? 0), which is not read")
        }
    }

    private mutating func appendRows(of batch: ArrowBatch) throws(FormProblem) {
        var batch = batch
        var values: [(name: String, values: [Value])] = []
        for column in columns { values.append((column.name, try column.values(&batch))) }
        guard values.allSatisfy({ $0.values.count == batch.rowCount }) else {
            throw FormProblem("columns of different lengths")
        }
        for index in 0..<batch.rowCount {
            rows.append(
                Row(values: Dictionary(values.map { ($0.name, $0.values[index]) }) { $1 }))
        }
    }
}
