package import Datasets
package import Settings
internal import Foundation

/// What can be wrong with a task, its file or its data.
package enum TaskError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownTask(String, known: [String])
    /// A file of a task that cannot be read.
    case unreadable(path: String, reason: String)
    /// Everything that is wrong with the file of a task.
    case invalid([SettingsProblem])
    case noFile(task: String, folders: [String], names: [String])
    case labelCount(path: String, labels: Int, items: Int)
    case rows(DatasetError)
    /// An item, counted from 1, of which a model can make nothing.
    case unscorable(task: String, item: Int, reason: String)
    /// More examples are asked for than there are.
    case fewExamples(task: String, asked: Int, known: Int)
    /// Examples are asked for of a task that has none.
    case noExamples(task: String)
    /// The tasks' scores are shares of written programs that work, and none can be run.
    case runsPrograms(tasks: [String], reason: String)

    package var description: String {
        switch self {
        case .unknownTask(let name, let known):
            "task '\(name)' is unknown; name a task's .yaml file, or one of "
                + known.joined(separator: ", ")
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .invalid(let problems): problems.map(\.description).joined(separator: "\n")
        case .noFile(let task, let folders, let names):
            "no file for task '\(task)' in \(folders.joined(separator: " or ")); put one of "
                + "\(names.joined(separator: ", ")) there, or see `lethe data list`"
        case .labelCount(let path, let labels, let items):
            "\(path): \(labels) lines for \(items) rows; give one line for each row"
        case .rows(let error): error.description
        case .unscorable(let task, let item, let reason):
            "task '\(task)', item \(item): \(reason)"
        case .fewExamples(let task, let asked, let known):
            "task '\(task)': \(asked) examples before every question, but there are \(known); ask "
                + "for fewer"
        case .noExamples(let task):
            "task '\(task)' has no examples to put before its questions; ask for 0"
        case .runsPrograms(let tasks, let reason):
            tasks.count == 1
                ? "task '\(tasks[0])' is scored by running the programs that the model writes: \(reason)"
                : "tasks \(tasks.map { "'\($0)'" }.joined(separator: ", ")) are scored by running the "
                    + "programs that the model writes: \(reason)"
        }
    }

    /// The same problems, but that programs cannot be run is told once for all tasks, for the reason is
    /// long.
    package static func joined(_ problems: [any Error]) -> [any Error] {
        let unrun = problems.compactMap { ($0 as? TaskError)?.unrun }
        guard let reason = unrun.first?.reason else { return problems }
        return problems.filter { ($0 as? TaskError)?.unrun == nil }
            + [TaskError.runsPrograms(tasks: unrun.flatMap(\.tasks), reason: reason)]
    }

    private var unrun: (tasks: [String], reason: String)? {
        guard case .runsPrograms(let tasks, let reason) = self else { return nil }
        return (tasks, reason)
    }
}

extension TaskError {
    /// Rows of a file that cannot be used.
    static func malformed(_ file: URL, _ problems: [DatasetError.RowProblem]) -> TaskError {
        .rows(.malformed(path: file.path, problems: problems))
    }
}
