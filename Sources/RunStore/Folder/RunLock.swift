import Foundation

/// The right to write one run; given back when the value goes away or the process ends.
///
/// The lock is advisory (`flock` on the file `lock`): reading a run never needs it.
package final class RunLock: Sendable {
    package let folder: RunFolder
    private let file: FileDescriptor

    /// Takes the lock.
    ///
    /// - Throws: `RunStoreError.locked` if another process, or another lock of this one, has it.
    package init(_ folder: RunFolder) throws {
        self.folder = folder
        file = try FileDescriptor(opening: folder.lockFile, flags: O_RDWR | O_CREAT)
        guard Self.lock(file) else {
            throw RunStoreError.locked(path: folder.url.path, process: Self.holder(folder))
        }
        _ = ftruncate(file.raw, 0)
        try writeAll(Data("\(getpid())\n".utf8), to: file.raw, path: file.path)
    }

    /// Takes the lock, a little patiently: `isHeld` of another process has it for an instant.
    private static func lock(_ file: FileDescriptor) -> Bool {
        for _ in 0..<5 {
            if flock(file.raw, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(10_000)
        }
        return false
    }

    /// Whether a process writes the run now; true too if the lock cannot be asked, so that no run is
    /// called dead that may be alive.
    package static func isHeld(_ folder: RunFolder) -> Bool {
        let file = open(folder.lockFile.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return errno != ENOENT }
        defer { close(file) }
        return flock(file, LOCK_SH | LOCK_NB) != 0
    }

    private static func holder(_ folder: RunFolder) -> Int32? {
        guard let text = try? String(contentsOf: folder.lockFile, encoding: .utf8) else {
            return nil
        }
        return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
