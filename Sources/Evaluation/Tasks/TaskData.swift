package import Datasets
package import Foundation
internal import Tokenizers

/// Where the rows of a task are, and how they are read.
package struct TaskData: Sendable, Equatable {
    /// Stands in a path for the name of a part.
    static let partMark = "{part}"

    /// Paths within a folder of data; the first that exists is read.
    package var files: [String]
    /// How rows are written.
    package var form: FieldRows.Form
    /// A field whose values are the lines of another file.
    package var lines: Lines?
    /// Of which rows only some belong to the task; nil for all.
    package var rows: RowRange?
    package var shape: RowShape?

    /// A field whose values are the lines of a file beside the rows, one a row.
    package struct Lines: Sendable, Equatable {
        package var field: String
        package var files: [String]
    }

    /// The task's file, the first that exists: `files` in order, each in the folders in order.
    ///
    /// - Throws: `TaskError.noFile`.
    package func file(
        in folders: [URL], part: String? = nil, of task: String
    ) throws(TaskError) -> URL {
        try Self.file(files, in: folders, part: part, of: task)
    }

    private static func file(
        _ names: [String], in folders: [URL], part: String?, of task: String
    ) throws(TaskError) -> URL {
        let names = names.map { name in
            part.map { name.replacing(partMark, with: $0) } ?? name
        }
        for name in names {
            for folder in folders {
                let file = name.hasPrefix("/") ? URL(filePath: name) : folder.appending(path: name)
                if FileManager.default.fileExists(atPath: file.path) { return file }
            }
        }
        throw .noFile(task: task, folders: folders.map(\.path), names: names)
    }

    /// The rows of a file, in order, with their numbers.
    ///
    /// - Throws: `TaskError` with every bad row.
    func read(
        _ file: URL, in folders: [URL], part: String?, of task: String
    ) throws(TaskError) -> [(row: Int, fields: JSONValue)] {
        var rows: [(row: Int, fields: JSONValue)]
        do { rows = try FieldRows.read(file, form) } catch { throw .rows(error) }
        if let lines, rows.contains(where: { FieldPath.isMissing(lines.field, in: $0.fields) }) {
            let labels = try Self.file(lines.files, in: folders, part: part, of: task)
            rows = try lines.joined(to: rows, from: labels)
        }
        guard let range = self.rows else { return rows }
        do { return try range.chosen(of: rows, file) } catch { throw .rows(error) }
    }
}

extension TaskData.Lines {
    /// The rows with the line of the file in their field.
    fileprivate func joined(
        to rows: [(row: Int, fields: JSONValue)], from file: URL
    ) throws(TaskError) -> [(row: Int, fields: JSONValue)] {
        let text: String
        do {
            text = String(decoding: try FileContents.read(file), as: UTF8.self)
        } catch {
            throw .rows(error)
        }
        let lines = text.split(whereSeparator: \.isNewline).map { PythonText.stripped(String($0)) }
        guard lines.count == rows.count else {
            throw .labelCount(path: file.path, labels: lines.count, items: rows.count)
        }
        return zip(rows, lines).map { row, line in
            (row.row, .object([(field, .string(line))] + (row.fields.object ?? [])))
        }
    }
}

extension FieldPath {
    fileprivate static func isMissing(_ field: String, in row: JSONValue) -> Bool {
        !(row.object ?? []).contains { $0.key == field }
    }
}
