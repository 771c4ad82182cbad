/// Lines of an event log that were left out because they cannot be read.
package struct LogDamage: Sendable, Equatable, CustomStringConvertible {
    package let path: String
    /// How many lines.
    package internal(set) var count = 0
    /// The number of the first, counted from 1, and what is wrong with it.
    package let firstLine: Int
    package let reason: String

    init(path: String, firstLine: Int, reason: String) {
        self.path = path
        self.firstLine = firstLine
        self.reason = reason
    }

    package var description: String { text(of: path) }

    /// What a person is told of it, with a name for the log.
    package func text(of log: String) -> String {
        count == 1
            ? "\(log):\(firstLine): unreadable (\(reason)); this line is left out"
            : "\(log): \(count) lines are unreadable and left out, the first is line"
                + " \(firstLine) (\(reason))"
    }
}
