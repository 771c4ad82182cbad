package import Datasets

/// What can be wrong with a task or its file.
package enum TaskError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownTask(String, known: [String])
    case noFile(task: String, folder: String, names: [String])
    case labelCount(path: String, labels: Int, items: Int)
    case badLabel(path: String, line: Int, text: String)
    case rows(DatasetError)
    /// An item, counted from 1, of which a model can make nothing.
    case unscorable(task: String, item: Int, reason: String)
    /// The task's score is the share of written programs that work.
    case runsPrograms(task: String)

    package var description: String {
        switch self {
        case .unknownTask(let name, let known):
            "task '\(name)' is unknown; use one of \(known.joined(separator: ", "))"
        case .noFile(let task, let folder, let names):
            "no file for task '\(task)' in \(folder); put one of \(names.joined(separator: ", ")) there"
        case .labelCount(let path, let labels, let items):
            "\(path): \(labels) labels for \(items) items; give one line for each item"
        case .badLabel(let path, let line, let text):
            "\(path):\(line): label '\(text)' is not 0 or 1"
        case .rows(let error):
            error.description
        case .unscorable(let task, let item, let reason):
            "task '\(task)', item \(item): \(reason)"
        case .runsPrograms(let task):
            "task '\(task)' is scored by running the programs that the model writes, which is not "
                + "done here; use a task whose answers are compared, such as code or gsm8k"
        }
    }
}
