package import Foundation

/// Reads rows from JSON Lines (one object a line) or from one JSON array of objects.
///
/// Which of the two a file is shows in its first character. Blank lines are skipped, every bad row
/// is collected. A row with a key twice is bad; a file most of
/// whose lines are no objects is of another form, which is told once.
package enum JSONRows {
    /// The rows of `file` in order, all or those of a range.
    ///
    /// - Throws: `DatasetError.unreadable`, `.foreign`, `.malformed` with row numbers, `.empty`, or
    ///   `.noRowInRange`.
    package static func read<Row: Decodable>(
        _ type: Row.Type, from file: URL, _ range: RowRange? = nil
    ) throws(DatasetError) -> [Row] {
        let rows = try all(type, from: file)
        guard let range else { return rows }
        let numbered = try FieldRows.read(file)
        let chosen = Set(try range.chosen(of: numbered, file).map(\.row))
        return zip(numbered, rows).filter { chosen.contains($0.0.row) }.map(\.1)
    }

    private static func all<Row: Decodable>(
        _ type: Row.Type, from file: URL
    ) throws(DatasetError) -> [Row] {
        let attempts = attempts(type, in: try FileContents.read(file))
        if let first = attempts.first, !first.isObject,
            attempts.count(where: { !$0.isObject }) * 2 > attempts.count
        {
            throw .foreign(path: file.path, form: "not rows of JSON (its first line is no object)")
        }
        let problems = attempts.compactMap(\.problem)
        guard problems.isEmpty else { throw .malformed(path: file.path, problems: problems) }
        guard !attempts.isEmpty else { throw .empty(path: file.path) }
        return attempts.compactMap(\.row)
    }

    private struct Attempt<Row> {
        var row: Row?
        var problem: DatasetError.RowProblem?
        /// Whether the row is a whole JSON object, be it of the wrong shape.
        var isObject = true
    }

    private static func attempts<Row: Decodable>(_ type: Row.Type, in data: Data) -> [Attempt<Row>]
    {
        let isArray = data.first { !isSpace($0) } == UInt8(ascii: "[")
        return isArray ? attempts(type, inArray: data) : attempts(type, inLines: data)
    }

    private static func attempts<Row: Decodable>(
        _ type: Row.Type, inLines data: Data
    ) -> [Attempt<Row>] {
        let decoder = JSONDecoder()
        var attempts: [Attempt<Row>] = []
        for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated() where !line.allSatisfy(isSpace)
        {
            do {
                let row = try decoder.decode(type, from: line)
                let twice = DuplicateKey.all(in: line).first
                attempts.append(Attempt(row: row, problem: twice.map { problem($0, row: index) }))
            } catch {
                let reason = reason(for: error)
                attempts.append(
                    Attempt(
                        problem: .init(row: index + 1, reason: reason),
                        isObject: reason != invalid && line.first { !isSpace($0) } == brace))
            }
        }
        return attempts
    }

    private static func attempts<Row: Decodable>(
        _ type: Row.Type, inArray data: Data
    ) -> [Attempt<Row>] {
        do {
            let elements = try JSONDecoder().decode([Element<Row>].self, from: data)
            let twice = Dictionary(
                DuplicateKey.all(in: data).map { ($0.element, $0) },
                uniquingKeysWith: { first, _ in first })
            return elements.enumerated().map { index, element in
                switch element.result {
                case .success(let row):
                    Attempt(row: row, problem: twice[index].map { problem($0, row: index) })
                case .failure(let error):
                    Attempt(problem: .init(row: index + 1, reason: reason(for: error)))
                }
            }
        } catch {
            return [Attempt(problem: .init(row: 1, reason: reason(for: error)))]
        }
    }

    /// An array element whose failure does not end the decoding of the others.
    private struct Element<Row: Decodable>: Decodable {
        let result: Result<Row, any Error>

        init(from decoder: any Decoder) {
            result = Result { try Row(from: decoder) }
        }
    }

    private static let brace = UInt8(ascii: "{")
    private static let invalid = "not valid JSON"

    private static func problem(_ twice: DuplicateKey, row: Int) -> DatasetError.RowProblem {
        .init(row: row + 1, reason: "key '\(twice.key)' stands there twice; keep one")
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func reason(for error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "key '\(key.stringValue)' is missing"
        case DecodingError.typeMismatch(let type, let context),
            DecodingError.valueNotFound(let type, let context):
            "\(place(context)) is not of type \(type)"
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\(place(context)): \(context.debugDescription)"
        case DecodingError.dataCorrupted: invalid
        default: "\(error)"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        context.codingPath.isEmpty
            ? "the row" : "'\(context.codingPath.map(\.stringValue).joined(separator: "."))'"
    }
}
