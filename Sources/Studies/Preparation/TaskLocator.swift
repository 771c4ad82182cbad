package import Bases
package import Evaluation
package import Foundation

/// Finds the tasks that studies and commands name.
package struct TaskLocator: Sendable {
    private let locator: DataLocator
    /// The tasks that are known by name.
    package let catalog: TaskCatalog

    /// Known are the tasks beside the data, or else those that come with lethe.
    package init(_ locator: DataLocator) {
        self.locator = locator
        let folders = [locator, .standard(environment: [:])].compactMap {
            $0.datasets?.appending(path: "tasks")
        }
        catalog = TaskCatalog(
            folders.first { FileManager.default.fileExists(atPath: $0.path) })
    }

    /// The task of a name, or of a file of a user's own.
    ///
    /// - Throws: `TaskError.unknownTask`, or what is wrong with the file.
    package func task(_ nameOrPath: String) throws(TaskError) -> TaskDefinition {
        guard nameOrPath.hasSuffix(".yaml") else { return try catalog.task(named: nameOrPath) }
        guard let found = locator.find(nameOrPath) else {
            throw .unreadable(path: nameOrPath, reason: "there is no such file; correct the path")
        }
        return try TaskFile.readOwn(found.url)
    }

    /// Where the files of tasks are looked for: in a folder that is named, or else in the usual ones.
    package func folders(_ named: String?) -> [URL] {
        named.map { [locator.find($0)?.url ?? URL(filePath: $0)] } ?? locator.taskFolders
    }
}
