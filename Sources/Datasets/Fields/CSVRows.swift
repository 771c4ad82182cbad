internal import Foundation
internal import Tokenizers

/// Comma-separated values without a line of names, as MMLU is published.
///
/// - Reference: RFC 4180; a quotation mark within a quoted field is written twice, and a quoted field
///   may hold line breaks.
enum CSVRows {
    /// Every record with the number of its first line.
    static func read(
        _ data: Data, columns: [String]
    ) -> [(row: Int, Result<JSONValue, FieldRows.Problem>)] {
        var parser = Parser(bytes: Array(data))
        var rows: [(row: Int, Result<JSONValue, FieldRows.Problem>)] = []
        while let (line, fields) = parser.record() {
            rows.append((line, row(fields, columns)))
        }
        return rows
    }

    private static func row(
        _ fields: [String]?, _ columns: [String]
    ) -> Result<JSONValue, FieldRows.Problem> {
        guard let fields else {
            return .failure(.init(text: "a quotation mark is not closed, or text follows it"))
        }
        guard fields.count == columns.count else {
            return .failure(
                .init(
                    text: "has \(fields.count) fields, but the columns are "
                        + columns.joined(separator: ", ")))
        }
        return .success(.object(zip(columns, fields).map { (key: $0, value: .string($1)) }))
    }

    private struct Parser {
        let bytes: [UInt8]
        private var position = 0
        private var line = 1

        init(bytes: [UInt8]) { self.bytes = bytes }

        /// The next record that is not empty; its fields are nil where they cannot be told.
        mutating func record() -> (line: Int, fields: [String]?)? {
            while position < bytes.count, isBreak(bytes[position]) { passBreak() }
            guard position < bytes.count else { return nil }
            let start = line
            var fields: [String] = []
            while true {
                guard let field = field() else {
                    passLine()
                    return (start, nil)
                }
                fields.append(field)
                guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
                position += 1
            }
            return (start, fields)
        }

        private mutating func field() -> String? {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                let start = position
                while position < bytes.count, !endsField(bytes[position]) { position += 1 }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            }
            return quoted()
        }

        private mutating func quoted() -> String? {
            position += 1
            var text: [UInt8] = []
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                if byte == 0x0A { line += 1 }
                guard byte == UInt8(ascii: "\"") else {
                    text.append(byte)
                    continue
                }
                guard position < bytes.count, bytes[position] == byte else {
                    let isEnd = position == bytes.count || endsField(bytes[position])
                    return isEnd ? String(decoding: text, as: UTF8.self) : nil
                }
                position += 1
                text.append(byte)
            }
            return nil
        }

        private func endsField(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || isBreak(byte) }
        private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

        private mutating func passBreak() {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }

        private mutating func passLine() {
            while position < bytes.count, !isBreak(bytes[position]) { position += 1 }
        }
    }
}
