package import Foundation
import Platform

/// An open file that is closed when nobody refers to it any more.
package final class FileDescriptor: Sendable {
    package let raw: Int32
    let path: String

    /// Takes over an open descriptor; `path` stands in messages.
    init(_ raw: Int32, path: String) {
        self.raw = raw
        self.path = path
    }

    /// Opens what the user names; `flags` are those of `open`.
    ///
    /// - Throws: `RunStoreError.system`.
    package init(opening url: URL, flags: Int32) throws {
        path = url.path
        raw = open(path, flags | O_CLOEXEC, 0o644)
        guard raw >= 0 else { throw RunStoreError.last("open", path) }
    }

    deinit { close(raw) }

    /// The next bytes, at most `count`; empty at the end.
    ///
    /// - Throws: `RunStoreError.system`.
    func read(upTo count: Int) throws -> Data {
        // Not `Data(count:)`, which writes zeros first: a log that is followed is asked 20 times a second.
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 1)
        var got = -1
        repeat { got = Foundation.read(raw, bytes, count) } while got < 0 && errno == EINTR
        let data = Data(
            bytesNoCopy: bytes, count: max(got, 0),
            deallocator: .custom { bytes, _ in bytes.deallocate() })
        guard got >= 0 else { throw RunStoreError.last("read", path) }
        return data
    }

    /// Goes to a byte of the file.
    ///
    /// - Throws: `RunStoreError.system`.
    func seek(to offset: Int) throws {
        guard lseek(raw, off_t(offset), SEEK_SET) >= 0 else {
            throw RunStoreError.last("read", path)
        }
    }

    /// Adds the next bytes of another file, `count` of them if it has so many.
    ///
    /// - Throws: `RunStoreError.system`.
    func append(_ count: Int, of other: FileDescriptor) throws {
        var left = count
        while left > 0, case let piece = try other.read(upTo: min(left, 1 << 20)), !piece.isEmpty {
            try writeAll(piece, to: raw, path: path)
            left -= piece.count
        }
    }

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
