internal import Datasets
internal import Foundation
internal import Settings

/// Turns the keys of a task's file into a `TaskDefinition`, checking all that needs no data.
struct TaskFileReader {
    let root: SettingsSection
    let file: String
    let origins: TaskOrigins

    /// The task; it counts only if the report stays empty.
    func definition() -> TaskDefinition {
        let version = root.optionalText("schemaVersion") ?? "1"
        if version != "1" {
            root.problem("schemaVersion", "is \(version), but this lethe reads 1")
        }
        let fallback = URL(filePath: file).deletingPathExtension().lastPathComponent
        let name = root.optionalText("name") ?? fallback
        if name.contains(where: { ",\"\n\r ".contains($0) }) {
            root.problem("name", "is `\(name)`; use no spaces, commas or quotation marks")
        }
        let question = question()
        let definition = TaskDefinition(
            name: name, summary: root.optionalText("about") ?? "", data: data(root),
            parts: root.texts("parts", default: []), question: question,
            examples: examples(of: question), preamble: template("preamble", default: ""),
            delimiter: root.text("delimiter", default: " "), file: file, origins: origins)
        checkParts(definition)
        root.finish()
        return definition
    }

    private func checkParts(_ definition: TaskDefinition) {
        let isParted = definition.data.files.contains { $0.contains(TaskData.partMark) }
        if isParted == definition.parts.isEmpty {
            root.problem(
                isParted ? "data" : "parts",
                isParted
                    ? "holds \(TaskData.partMark); name the parts in `parts`"
                    : "has no place in `data`; write \(TaskData.partMark) into its paths")
        }
    }

    // MARK: - Data

    /// The keys that say where rows are, of the task or of its examples.
    func data(_ section: SettingsSection, key: String = "data") -> TaskData {
        let files = section.texts(key, default: [])
        if files.isEmpty || files.contains("") {
            section.problem(key, "missing; name the file of the rows, or several to look for")
        }
        return TaskData(
            files: files, form: form(section), lines: lines(section),
            rows: RowRange(in: section), shape: shape(section))
    }

    private func form(_ section: SettingsSection) -> FieldRows.Form {
        let columns = section.texts("columns", default: [])
        let field = section.optionalText("text_lines")
        if field != nil, !columns.isEmpty {
            section.problem("text_lines", "has no place beside `columns`; leave one of them out")
        }
        return field.map { .lines(field: $0) } ?? (columns.isEmpty ? .json : .csv(columns: columns))
    }

    private func lines(_ section: SettingsSection) -> TaskData.Lines? {
        guard section.value("lines") != nil else { return nil }
        let lines = section.section("lines")
        defer { lines.finish() }
        return TaskData.Lines(
            field: lines.text("field", hint: "name the field that the lines become"),
            files: lines.texts("files", default: []))
    }

    private func shape(_ section: SettingsSection) -> RowShape? {
        guard let name = section.optionalText("shape") else { return nil }
        if let shape = RowShape(rawValue: name) { return shape }
        let known = RowShape.allCases.map(\.rawValue).joined(separator: ", ")
        section.problem("shape", "is `\(name)`; use \(known), or leave it out")
        return nil
    }

    // MARK: - Templates

    func template(
        _ key: String, in section: SettingsSection? = nil, default fallback: String? = nil
    ) -> TextTemplate {
        let section = section ?? root
        if fallback == nil, section.value(key) == nil {
            section.problem(key, "missing; write a text with {fields} of the rows")
        }
        return template(section.text(key, default: fallback ?? "")) { section.problem(key, $0) }
    }

    func template(_ text: String, _ problem: (String) -> Void) -> TextTemplate {
        do {
            return try TextTemplate(text)
        } catch {
            problem("\(error)")
            return .empty
        }
    }
}
