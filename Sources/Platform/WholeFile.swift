package import Foundation

/// Files that are replaced as a whole: at any instant there is the old one or the new one.
package enum WholeFile {
    /// Writes the file under a name of its own beside `url`, forces it to the disk and renames it.
    ///
    /// - Throws: `FileError`; what was at `url` is then still there, and nothing beside it.
    package static func write(_ data: Data, to url: URL) throws(FileError) {
        try write(to: url) { descriptor throws(SystemReason) in
            try Descriptor.write(data, to: descriptor)
        }
    }

    /// The same for a file that is not there yet; one that is stays as it is.
    ///
    /// - Throws: `FileError`, also if something is at `url`.
    package static func create(_ data: Data, at url: URL) throws(FileError) {
        let draft = draft(beside: url)
        do throws(SystemReason) {
            try Draft.making(draft) { () throws(SystemReason) in
                try fill(draft) { descriptor throws(SystemReason) in
                    try Descriptor.write(data, to: descriptor)
                }
                guard link(draft.path, url.path) == 0 else { throw .last }
                unlink(draft.path)
            }
        } catch {
            throw FileError("create", url.path, error.description)
        }
    }

    /// Replaces or makes a file whose contents come piece by piece, as `write(_:to:)` does.
    ///
    /// - Parameters:
    ///   - url: The file to replace or to make.
    ///   - body: Writes to the descriptor that it is given.
    /// - Throws: `FileError`.
    package static func write(
        to url: URL, _ body: (Int32) throws(SystemReason) -> Void
    ) throws(FileError) {
        let draft = draft(beside: url)
        do throws(SystemReason) {
            try Draft.making(draft) { () throws(SystemReason) in
                try fill(draft, body)
                guard rename(draft.path, url.path) == 0 else { throw .last }
            }
        } catch {
            throw FileError("write", url.path, error.description)
        }
    }

    private static func draft(beside url: URL) -> URL {
        url.deletingLastPathComponent().appending(path: ".lethe-\(UUID().uuidString)")
    }

    private static func fill(
        _ draft: URL, _ body: (Int32) throws(SystemReason) -> Void
    ) throws(SystemReason) {
        let descriptor = open(draft.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        try body(descriptor)
        // Devices and pipes cannot be synchronised, which is no loss.
        if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { throw .last }
    }
}

/// Folders.
package enum Folder {
    /// Makes the folder and those above it, as far as they are not there.
    ///
    /// - Throws: `FileError`.
    package static func create(_ url: URL) throws(FileError) {
        try FileError.wrapping("create", url) {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }
    }
}
