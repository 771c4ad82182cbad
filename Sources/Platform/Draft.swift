package import Foundation
import Synchronization

/// Files and folders that are being made: they go away again if they are not finished.
///
/// Their maker finishes one by giving it another name. `removeAll` is for the process's untimely end.
package enum Draft {
    private static let paths = Mutex(Set<String>())

    /// Runs `body`, which makes a file or a folder at `url` and renames it at its end.
    ///
    /// - Throws: What `body` throws; then nothing is left at `url`.
    package static func making<Result, Failure>(
        _ url: URL, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        paths.withLock { _ = $0.insert(url.path) }
        defer { paths.withLock { _ = $0.remove(url.path) } }
        do {
            return try body()
        } catch {
            try? FileManager.default.removeItem(at: url)
            throw error
        }
    }

    /// Removes all that is being made, whoever makes it; the process must end then.
    package static func removeAll() {
        for path in paths.withLock(\.self) { try? FileManager.default.removeItem(atPath: path) }
    }
}
