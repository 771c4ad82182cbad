import ArgumentParser
import Foundation
import Platform

/// The stream for results, written without delay.
enum StandardOutput {
    /// Whether a terminal shows it.
    static let isTerminal = isatty(STDOUT_FILENO) != 0

    /// Writes text as it is; on a terminal what that would obey is made visible.
    ///
    /// - Throws: As `send`.
    static func write(_ text: String) throws { try send(isTerminal ? text.visible : text) }

    /// Writes text whose control characters are meant.
    ///
    /// - Throws: `FileError`; `ExitCode` as after SIGPIPE, without a word, if the reader is gone.
    static func send(_ text: String) throws {
        do throws(SystemReason) {
            try Descriptor.write(Data(text.utf8), to: STDOUT_FILENO)
        } catch {
            if error.code == EPIPE { throw ExitCode(128 + SIGPIPE) }
            throw FileError("write", "standard output", error.description)
        }
    }
}
