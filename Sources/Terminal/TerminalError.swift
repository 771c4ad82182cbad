/// Why there is no screen; the caller goes on without one.
package enum TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// `stream` ("standard input", "standard output") is a file or a pipe.
    case notATerminal(stream: String)
    /// `TERM` is not set.
    case terminalTypeMissing
    /// `TERM` is not known here, or names a terminal without a movable cursor.
    case terminalTypeUnusable(String)
    /// Another session of this process has the screen.
    case alreadyOpen
    /// The process has too many files open.
    case outOfDescriptors
    /// What would disturb the screen cannot be written to the file at `path`.
    case logUnavailable(path: String, reason: String)

    package var description: String {
        switch self {
        case .notATerminal(let stream):
            "\(stream) is not a terminal"
        case .terminalTypeMissing:
            "TERM is not set; set it to the kind of terminal, such as xterm-256color"
        case .terminalTypeUnusable(let type):
            "TERM is \"\(type)\", which is unknown here or cannot move its cursor; "
                + "try TERM=xterm-256color"
        case .alreadyOpen:
            "the screen is in use already"
        case .outOfDescriptors:
            "too many files are open to open the terminal once more"
        case .logUnavailable(let path, let reason):
            "cannot write the log \(path): \(reason)"
        }
    }
}
