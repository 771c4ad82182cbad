package import Foundation
internal import Platform

/// A folder that is only ever replaced as a whole: a kill leaves the old one or the new one.
///
/// Beside it are, for moments, `<name>.partial`, which is being written or removed, and
/// `<name>.replaced`, which was the folder until the new one took its place.
package struct ReplacedFolder {
    package let url: URL
    private var partial: URL { url.appendingPathExtension("partial") }
    private var replaced: URL { url.appendingPathExtension("replaced") }

    package init(_ url: URL) { self.url = url }

    /// Clears what a kill left behind; the old folder comes back if the new one did not come.
    ///
    /// - Returns: Whether there is a folder.
    /// - Throws: `FileError` if something cannot be moved or removed.
    package func recover() throws -> Bool {
        try remove(partial)
        if exists(replaced), !exists(url) {
            try move(replaced, to: url)
        }
        try remove(replaced)
        return exists(url)
    }

    /// Replaces the folder, or makes it.
    ///
    /// - Parameter body: Writes the files into the folder that it is given.
    /// - Throws: What `body` throws, or `FileError`.
    package func replace(_ body: (URL) throws -> Void) throws {
        try remove(partial)
        try Folder.create(partial)
        do {
            try body(partial)
        } catch {
            try? remove(partial)
            throw error
        }
        if exists(url) {
            try remove(replaced)
            try move(url, to: replaced)
        }
        try move(partial, to: url)
        try remove(replaced)
    }

    /// Removes the folder, so that half of it never looks whole.
    ///
    /// - Throws: `FileError`.
    package func remove() throws {
        guard exists(url) else { return }
        try remove(partial)
        try move(url, to: partial)
        try remove(partial)
    }

    private func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    private func remove(_ url: URL) throws {
        guard exists(url) else { return }
        try FileError.wrapping("remove", url) { try FileManager.default.removeItem(at: url) }
    }

    private func move(_ source: URL, to target: URL) throws {
        try FileError.wrapping("rename to \(target.lastPathComponent)", source) {
            try FileManager.default.moveItem(at: source, to: target)
        }
    }
}
