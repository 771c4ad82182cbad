package import Foundation

/// The tasks that lethe knows by name: a file of a folder each, which is read when it is asked for.
package struct TaskCatalog: Sendable {
    private let folder: URL?
    /// The names of the tasks, in order.
    package let names: [String]

    /// The tasks of a folder; without a folder there are none.
    package init(_ folder: URL?) {
        self.folder = folder
        let files = folder.flatMap {
            try? FileManager.default.contentsOfDirectory(atPath: $0.path)
        }
        let suffix = ".yaml"
        names = (files ?? []).filter { $0.hasSuffix(suffix) }.map {
            String($0.dropLast(suffix.count))
        }.sorted()
    }

    /// Every task, by name.
    ///
    /// - Throws: `TaskError` for a file that cannot be read.
    package func all() throws(TaskError) -> [TaskDefinition] {
        var tasks: [TaskDefinition] = []
        for name in names { tasks.append(try task(named: name)) }
        return tasks
    }

    /// The task of a name, or one of its parts: `mmlu`, `mmlu_anatomy`.
    ///
    /// - Throws: `TaskError.unknownTask`, or what is wrong with the file.
    package func task(named name: String) throws(TaskError) -> TaskDefinition {
        guard let folder else { throw .unknownTask(name, known: names) }
        if names.contains(name) {
            return try TaskFile.read(folder.appending(path: "\(name).yaml"))
        }
        for whole in names where name.hasPrefix("\(whole)_") {
            let task = try task(named: whole)
            let part = String(name.dropFirst(whole.count + 1))
            if task.parts.contains(part) { return task.alone(part) }
        }
        throw .unknownTask(name, known: names)
    }
}
