import Foundation
import Platform

/// An open file that is closed when nobody refers to it any more.
final class FileDescriptor: Sendable {
    let raw: Int32
    let path: String

    init(opening url: URL, flags: Int32) throws {
        path = url.path
        raw = open(path, flags | O_CLOEXEC, 0o644)
        guard raw >= 0 else { throw RunStoreError.last("open", path) }
    }

    deinit { close(raw) }

    /// Forces what was written down to the disk.
    func sync() throws {
        // Devices and pipes cannot be synchronised, which is no loss.
        if fsync(raw) != 0, errno != EINVAL, errno != EROFS {
            throw RunStoreError.last("save", path)
        }
    }
}

/// Writes all of `data`, however many calls it takes.
///
/// - Throws: `RunStoreError.streamClosed` if the reader of a pipe is gone.
func writeAll(_ data: Data, to descriptor: Int32, path: String) throws {
    do throws(SystemReason) {
        try Descriptor.write(data, to: descriptor)
    } catch {
        if error.code == EPIPE { throw RunStoreError.streamClosed }
        throw RunStoreError.system(action: "write", path: path, code: error.code)
    }
}

/// Replaces the file as a whole: at any instant it holds either the old or the new content.
func writeAtomically(_ data: Data, to url: URL) throws {
    let temporary = url.appendingPathExtension("tmp")
    do {
        let file = try FileDescriptor(opening: temporary, flags: O_WRONLY | O_CREAT | O_TRUNC)
        try writeAll(data, to: file.raw, path: url.path)
        try file.sync()
    } catch {
        unlink(temporary.path)
        throw error
    }
    guard rename(temporary.path, url.path) == 0 else {
        throw RunStoreError.last("replace", url.path)
    }
    try syncFolder(url.deletingLastPathComponent())
}

/// Makes renames and removals inside the folder durable.
func syncFolder(_ url: URL) throws {
    try FileDescriptor(opening: url, flags: O_RDONLY).sync()
}
