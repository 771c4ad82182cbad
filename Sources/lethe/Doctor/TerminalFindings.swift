import Foundation
import Terminal

/// What `lethe doctor` finds of the terminal and the locale.
enum TerminalFindings {
    static var all: [Finding] { [terminal, locale] }

    private static var terminal: Finding {
        let variables = ProcessInfo.processInfo.environment
        let environment = TerminalEnvironment(variables)
        guard let type = environment.type, type != "dumb" else {
            return Finding(
                .missing, "terminal", "TERM is \(environment.type ?? "not set")",
                advice: "without a terminal `lethe run` writes CSV; set TERM for the dashboard")
        }
        guard isatty(STDOUT_FILENO) != 0 else {
            return Finding(.ok, "terminal", "\(type); the output is not a terminal")
        }
        let colors = ProgramProbe.firstLine("tput", "colors").flatMap { Int($0) } ?? 0
        let refused = environment.refusesColor ? ", NO_COLOR is set" : ""
        return colors >= 8
            ? Finding(.ok, "terminal", "\(type), \(colors) colours\(refused)")
            : Finding(
                .poor, "terminal", "\(type), no colours",
                advice: "set TERM to what the terminal is, such as xterm-256color")
    }

    private static var locale: Finding {
        let variables = ProcessInfo.processInfo.environment
        let name =
            ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { variables[$0] }.first { !$0.isEmpty }
        let encoding = ProgramProbe.firstLine("locale", "charmap") ?? "unknown encoding"
        let text = "\(name ?? "not set"), \(encoding)"
        return encoding == "UTF-8"
            ? Finding(.ok, "locale", text)
            : Finding(
                .poor, "locale", text,
                advice: "charts are drawn in ASCII; set LC_ALL=C.UTF-8 for finer ones")
    }
}
