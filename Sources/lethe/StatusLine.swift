import Foundation
import Platform

/// Progress on standard error: one line that is overwritten on a terminal, else lines.
struct StatusLine {
    var isQuiet = false
    private let overwrites = isatty(STDERR_FILENO) != 0
    private static let clear = "\r\u{1B}[K"

    init(isQuiet: Bool = false) { self.isQuiet = isQuiet }

    func show(_ text: String) {
        guard !isQuiet else { return }
        StandardError.send(overwrites ? Self.clear + text.visible : "\(text.visible)\n")
    }

    /// Clears the line, so that what follows starts on a fresh one.
    func end() {
        if overwrites && !isQuiet { StandardError.send(Self.clear) }
    }
}
