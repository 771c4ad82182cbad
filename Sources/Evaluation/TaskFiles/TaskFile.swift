package import Foundation
internal import Datasets
internal import Settings

/// Reads files that declare a task, in YAML.
package enum TaskFile {
    /// The most bytes of one.
    private static let sizeLimit = 1 << 20

    /// Reads a task.
    ///
    /// - Throws: `TaskError.unreadable`, or `.invalid` with everything that is wrong with it.
    package static func read(_ file: URL) throws(TaskError) -> TaskDefinition {
        try parse(try text(of: file), file: file.path)
    }

    /// Reads a task of a user's own, whose data are looked for beside it first.
    ///
    /// - Throws: as `read`.
    package static func readOwn(_ file: URL) throws(TaskError) -> TaskDefinition {
        var task = try read(file)
        task.ownFolder = file.absoluteURL.deletingLastPathComponent()
        return task
    }

    /// Reads a task from text.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - file: The file's path, for messages and as the name of a task that has none of its own.
    /// - Returns: The task.
    /// - Throws: `TaskError.invalid`.
    package static func parse(_ text: String, file: String) throws(TaskError) -> TaskDefinition {
        let report = SettingsReport(file: file)
        let root = try node(text, report)
        let definition = TaskFileReader(
            root: SettingsSection(root, path: "", report: report), file: file,
            origins: TaskOrigins(lines: root.origins())
        ).definition()
        guard report.problems.isEmpty else { throw .invalid(report.problems.inOrder) }
        return definition
    }

    private static func node(
        _ text: String, _ report: SettingsReport
    ) throws(TaskError) -> SettingsNode {
        do throws(SettingsYAML.Problems) {
            let node = try SettingsYAML.read(text)
            if case .mapping = node.content { return node }
            report.add("is \(node.kind), not keys with values", path: "", origin: node.origin)
        } catch {
            for problem in error.list {
                report.add(
                    problem.text, path: problem.path, origin: problem.line.map { .line($0) })
            }
        }
        throw .invalid(report.problems)
    }

    private static func text(of file: URL) throws(TaskError) -> String {
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: file)
            data = try handle.read(upToCount: sizeLimit + 1) ?? Data()
        } catch {
            throw .unreadable(path: file.path, reason: "cannot be read; check the path")
        }
        guard data.count <= sizeLimit, let text = String(data: data, encoding: .utf8) else {
            throw .unreadable(
                path: file.path, reason: "is no text in UTF-8 of at most 1 MiB; name a task's file")
        }
        return text
    }
}
