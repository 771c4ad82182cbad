package import Foundation

/// The tasks that lethe knows by name: a file of a folder each.
package struct TaskCatalog: Sendable {
    /// By name.
    package let tasks: [TaskDefinition]

    /// Every task of a folder; without a folder there are none.
    ///
    /// - Throws: `TaskError` for a file that cannot be read.
    package init(_ folder: URL?) throws(TaskError) {
        guard let folder,
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        else {
            tasks = []
            return
        }
        var tasks: [TaskDefinition] = []
        for name in names.sorted() where name.hasSuffix(".yaml") {
            tasks.append(try TaskFile.read(folder.appending(path: name)))
        }
        self.tasks = tasks
    }

    /// The task of a name, or one of its parts: `mmlu`, `mmlu_anatomy`.
    ///
    /// - Throws: `TaskError.unknownTask`.
    package func task(named name: String) throws(TaskError) -> TaskDefinition {
        if let task = tasks.first(where: { $0.name == name }) { return task }
        for task in tasks {
            if let part = task.parts.first(where: { "\(task.name)_\($0)" == name }) {
                return task.alone(part)
            }
        }
        throw .unknownTask(name, known: tasks.map(\.name))
    }
}
