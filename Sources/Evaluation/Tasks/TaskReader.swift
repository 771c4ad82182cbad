internal import Datasets
package import Foundation
internal import Tokenizers

/// Reads the items of a task: its rows as texts, behind their examples.
package struct TaskReader: Sendable {
    package let task: TaskDefinition
    private let folders: [URL]
    private let shots: Int
    private let asksRecords: Bool

    /// - Parameters:
    ///   - task: What to read.
    ///   - folders: Where its files are looked for, in order.
    ///   - shots: How many examples stand before every question; nil for the task's own number.
    ///   - asksRecords: Whether written answers are asked for in the layout of records, for which a
    ///     template is named when they are prepared; without examples then.
    /// - Throws: `TaskError.noExamples`.
    package init(
        _ task: TaskDefinition, folders: [URL], shots: Int? = nil, asksRecords: Bool = false
    ) throws(TaskError) {
        self.task = task
        self.folders = task.ownFolder.map { [$0] + folders } ?? folders
        if case .record = task.question {
            self.asksRecords = true
        } else {
            self.asksRecords = asksRecords && task.isWritten
        }
        self.shots = self.asksRecords ? 0 : shots ?? task.examples.count
        if self.shots > 0, task.examples.source == .none { throw .noExamples(task: task.name) }
    }

    /// The parts of the task, each with its name; one without a name for a task of one file.
    private var parts: [String?] { task.parts.isEmpty ? [nil] : task.parts }

    /// The files that are read: those of the rows, and those of the examples where any are shown.
    ///
    /// - Throws: `TaskError.noFile`.
    package func files() throws(TaskError) -> [URL] {
        var files: [URL] = []
        for part in parts {
            files.append(try task.data.file(in: folders, part: part, of: task.name))
            if shots > 0, case .file(let data) = task.examples.source {
                files.append(try data.file(in: folders, part: part, of: task.name))
            }
        }
        return files
    }

    /// The items, in the order of the files.
    ///
    /// - Parameter limit: The most of each file, from its start; nil for all.
    /// - Returns: Their texts.
    /// - Throws: `TaskError` with every row that cannot be asked.
    package func read(first limit: Int? = nil) throws(TaskError) -> TaskItems {
        var items = TaskItems(of: task, asksRecords: asksRecords)
        for part in parts {
            let file = try task.data.file(in: folders, part: part, of: task.name)
            if asksRecords {
                items.records += try records(file).prefix(limit ?? .max)
            } else if case .texts(let form) = task.question {
                items.pages += try pages(file, form).prefix(limit ?? .max)
            } else {
                try add(file, part, limit, to: &items)
            }
        }
        return items
    }

    private func pages(
        _ file: URL, _ form: TaskDefinition.TextForm
    ) throws(TaskError) -> [TextPage] {
        do {
            return switch form {
            case .wikitext: try TextPage.wikiText(file)
            case .text: try TextPage.texts(file)
            }
        } catch {
            throw .rows(error)
        }
    }

    /// The rows as records.
    private func records(_ file: URL) throws(TaskError) -> [Record] {
        do { return try Record.read(file, task.data.rows) } catch { throw .rows(error) }
    }

    private func add(
        _ file: URL, _ part: String?, _ limit: Int?, to items: inout TaskItems
    ) throws(TaskError) {
        var draw = try examples(part, besides: file)
        let rows = try task.data.read(file, in: folders, part: part, of: task.name)
        var problems: [DatasetError.RowProblem] = []
        var missing: Set<String> = []
        for row in rows.prefix(limit ?? .max) {
            do {
                let text = try RowText(row.fields, part: part, of: task)
                let solved = draw?.next(shots, besides: row.fields.canonical) ?? []
                try items.add(
                    text, after: try text.preamble + solved.joined(),
                    part: task.parts.count > 1 ? part ?? "" : "")
            } catch let error as FieldProblem {
                if case .missing(let name, _) = error { missing.insert(name) }
                problems.append(.init(row: row.row, reason: "\(error)"))
            } catch {
                problems.append(.init(row: row.row, reason: "\(error)"))
            }
        }
        try checkPlaceholders(missing, rows.map(\.fields), file)
        guard problems.isEmpty else { throw .malformed(file, problems) }
    }

    /// A placeholder that no row has is a mistake of the task's file.
    private func checkPlaceholders(
        _ missing: Set<String>, _ rows: [JSONValue], _ file: URL
    ) throws(TaskError) {
        let known = rows.first?.object?.map(\.key).joined(separator: ", ") ?? ""
        let wrong = task.placeholders.filter { _, field in
            missing.contains(field.text) && rows.allSatisfy { (try? field.value(in: $0)) == nil }
        }
        guard !wrong.isEmpty else { return }
        throw .invalid(
            wrong.map { key, field in
                task.problem(
                    key, "no row of \(file.path) has {\(field.text)}; they have \(known)")
            })
    }

    // MARK: - Examples

    private func examples(_ part: String?, besides file: URL) throws(TaskError) -> ExampleDraw? {
        guard shots > 0 else { return nil }
        let rows: [(row: Int, fields: JSONValue)]
        var isOwn = false
        var source = URL(filePath: task.file)
        switch task.examples.source {
        case .none: return nil
        case .rows(let solved): rows = solved.rows.enumerated().map { ($0.offset + 1, $0.element) }
        case .file(let data):
            source = try data.file(in: folders, part: part, of: task.name)
            rows = try data.read(source, in: folders, part: part, of: task.name)
            isOwn = source == file && data.rows == nil
        }
        let draw = ExampleDraw(
            try solved(rows, part, source), task.examples,
            spare: task.examples.spare ?? (isOwn ? 1 : 0))
        guard shots <= draw.largestCount else {
            throw .fewExamples(task: task.name, asked: shots, known: draw.largestCount)
        }
        return draw
    }

    private func solved(
        _ rows: [(row: Int, fields: JSONValue)], _ part: String?, _ file: URL
    ) throws(TaskError) -> [ExampleDraw.Example] {
        var problems: [DatasetError.RowProblem] = []
        var examples: [ExampleDraw.Example] = []
        for row in rows {
            do {
                let text = try RowText(row.fields, part: part, of: task, isExample: true)
                examples.append(
                    .init(text: try text.solved(), identity: row.fields.canonical))
            } catch {
                problems.append(.init(row: row.row, reason: "\(error)"))
            }
        }
        guard problems.isEmpty else { throw .malformed(file, problems) }
        return examples
    }
}
