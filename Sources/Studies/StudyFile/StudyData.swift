package import Datasets
internal import Evaluation
internal import Settings

/// A file of records or texts that a study names, whole or some of its rows.
package struct StudyData: Sendable, Hashable, CustomStringConvertible {
    /// Relative to the embedded data, or absolute.
    package var path: String
    /// The rows that count; nil for all.
    package var rows: RowRange?

    package init(_ path: String, rows: RowRange? = nil) {
        self.path = path
        self.rows = rows
    }

    package var description: String { path + (rows.map { " (\($0))" } ?? "") }
}

extension Study.Target {
    /// What is trained on, in words.
    package var trainedOn: String { train.map(\.description).joined(separator: " and ") }
}

extension StudyReader {
    /// The files of a key: paths, or groups with `file` and perhaps `rows`, one or a list of them.
    func data(_ key: String, in section: SettingsSection) -> [StudyData] {
        let isList = section.value(key)?.items != nil
        let data = section.elements(key).compactMap { node, path in
            datum(node, isList ? path : section.path(of: key), key, in: section)
        }
        if section.value(key)?.items?.isEmpty == true {
            section.problem(key, "is empty; name a file")
        }
        for twice in Self.repeated(data) { section.problem(key, "names \(twice) twice") }
        return data
    }

    private func datum(
        _ node: SettingsNode, _ path: String, _ key: String, in section: SettingsSection
    ) -> StudyData? {
        if let text = node.text {
            if text.isEmpty { section.problem(key, "is empty; name a file") }
            return text.isEmpty ? nil : StudyData(place(key, text, in: section, isFolder: false))
        }
        let group = SettingsSection(node, path: path, report: report)
        guard node.entries != nil else { return nil }
        defer { group.finish() }
        let file = group.text("file", hint: "name the file")
        return StudyData(
            file.isEmpty ? "" : place("file", file, in: group, isFolder: false),
            rows: RowRange(in: group))
    }
}
