package import Foundation

/// What could not be done with a file, a folder or a stream, and why.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A verb: `read`, `create`.
    package let action: String
    package let path: String
    package let reason: String

    package init(_ action: String, _ path: String, _ reason: String) {
        self.action = action
        self.path = path
        self.reason = reason
    }

    /// The failure of the last system call of this thread.
    package static func last(_ action: String, _ url: URL) -> FileError {
        FileError(action, url.path, SystemReason.last.description)
    }

    /// Runs `body` and turns Foundation's errors into this one.
    ///
    /// - Throws: `FileError`.
    package static func wrapping<Result>(
        _ action: String, _ url: URL, _ body: () throws -> Result
    ) throws(FileError) -> Result {
        do {
            return try body()
        } catch let error as FileError {
            throw error
        } catch {
            throw FileError(action, url.path, Platform.reason(of: error))
        }
    }

    package var description: String { "\(path): cannot \(action): \(reason)" }
}
