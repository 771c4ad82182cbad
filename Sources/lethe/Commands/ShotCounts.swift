import Evaluation

/// The examples that are asked for before the questions of tasks: `gsm8k=5,hellaswag=10`, or a number.
struct ShotCounts {
    private var byTask: [String: Int] = [:]
    private var ofAll: Int?

    /// - Throws: `ShotCountProblem` for what is neither.
    init(_ text: String?) throws {
        for part in (text ?? "").split(separator: ",") {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count <= 2, let count = sides.last.flatMap({ Int($0) }), count >= 0 else {
                throw ShotCountProblem(
                    description: "--shots \(part): write task=number, or a number for all tasks")
            }
            if sides.count == 1 { ofAll = count } else { byTask[String(sides[0])] = count }
        }
    }

    /// - Throws: `ShotCountProblem` for a task that is not asked for.
    func check(_ tasks: [String]) throws {
        for name in byTask.keys.sorted() where !tasks.contains(name) {
            throw ShotCountProblem(
                description: "--shots \(name): is no task of --tasks; they are "
                    + tasks.joined(separator: ", "))
        }
    }

    /// The examples of a task; nil for its own number.
    func count(for task: TaskDefinition) -> Int? {
        byTask[task.name] ?? (task.examples.source == .none ? nil : ofAll)
    }
}

/// What is wrong with the examples that are asked for.
struct ShotCountProblem: Error, CustomStringConvertible {
    let description: String
}
