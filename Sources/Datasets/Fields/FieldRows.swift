package import Foundation
package import Tokenizers

/// Reads rows as they are, fields in the order in which they are written.
package enum FieldRows {
    /// The form of a file of rows.
    package enum Form: Sendable, Equatable {
        /// JSON Lines, or a JSON array.
        case json
        /// Comma-separated values, with the names of their columns.
        case csv(columns: [String])
        /// Plain lines, each of which is the text of a field.
        case lines(field: String)
    }

    /// The rows of a file, in order.
    ///
    /// - Parameters:
    ///   - file: May be compressed with gzip.
    ///   - form: How its rows are written.
    /// - Returns: Objects, each with the number of its row.
    /// - Throws: `DatasetError` with every bad row.
    package static func read(
        _ file: URL, _ form: Form = .json
    ) throws(DatasetError) -> [(row: Int, fields: JSONValue)] {
        let data = try FileContents.read(file)
        let attempts =
            switch form {
            case .json: json(data)
            case .csv(let columns): CSVRows.read(data, columns: columns)
            case .lines(let field): lines(data, field)
            }
        var problems: [DatasetError.RowProblem] = []
        var rows: [(row: Int, fields: JSONValue)] = []
        for (row, attempt) in attempts {
            switch attempt {
            case .success(let fields): rows.append((row, fields))
            case .failure(let problem): problems.append(.init(row: row, reason: problem.text))
            }
        }
        guard problems.isEmpty else { throw .malformed(path: file.path, problems: problems) }
        guard !rows.isEmpty else { throw .empty(path: file.path) }
        return rows
    }

    /// Why a row cannot be read.
    struct Problem: Error {
        let text: String
    }

    private typealias Attempt = (row: Int, Result<JSONValue, Problem>)

    private static func json(_ data: Data) -> [Attempt] {
        guard data.first(where: { !JSONRows.isSpace($0) }) == UInt8(ascii: "[") else {
            return data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
                .filter { !$0.element.allSatisfy(JSONRows.isSpace) }
                .map { ($0.offset + 1, object(of: Data($0.element))) }
        }
        do {
            let elements = try JSONReader.read(data).array ?? []
            return elements.enumerated().map { ($0.offset + 1, checked($0.element)) }
        } catch {
            return [(1, .failure(Problem(text: error.summary)))]
        }
    }

    private static func lines(_ data: Data, _ field: String) -> [Attempt] {
        String(decoding: data, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty }
            .map { ($0.offset + 1, .success(.object([(field, .string(String($0.element)))]))) }
    }

    private static func object(of line: Data) -> Result<JSONValue, Problem> {
        do {
            return checked(try JSONReader.read(line))
        } catch {
            return .failure(Problem(text: error.summary))
        }
    }

    private static func checked(_ value: JSONValue) -> Result<JSONValue, Problem> {
        guard value.object != nil else {
            return .failure(Problem(text: "is \(value.summary), not an object with fields"))
        }
        if let key = duplicate(in: value) {
            return .failure(Problem(text: "key '\(key)' stands there twice; keep one"))
        }
        return .success(value)
    }

    /// A key that an object has twice, however deep it is.
    private static func duplicate(in value: JSONValue) -> String? {
        if let list = value.array { return list.lazy.compactMap { duplicate(in: $0) }.first }
        var known: Set<[UInt8]> = []
        for (key, below) in value.object ?? [] {
            if !known.insert(Array(key.utf8)).inserted { return key }
            if let key = duplicate(in: below) { return key }
        }
        return nil
    }
}
