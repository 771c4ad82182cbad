import Foundation

/// Progress on standard error: one line that is overwritten on a terminal, else lines.
struct StatusLine {
    var isQuiet = false
    private let overwrites = isatty(STDERR_FILENO) != 0

    init(isQuiet: Bool = false) { self.isQuiet = isQuiet }

    func show(_ text: String) {
        guard !isQuiet else { return }
        StandardError.write(overwrites ? "\r\u{1B}[K\(text)" : "\(text)\n")
    }

    /// Clears the line, so that what follows starts on a fresh one.
    func end() {
        if overwrites && !isQuiet { StandardError.write("\r\u{1B}[K") }
    }
}
