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
        guard Self.take(file.raw) else {
            throw RunStoreError.locked(path: folder.url.path, process: Self.holder(folder))
        }
        _ = ftruncate(file.raw, 0)
        try writeAll(Data("\(getpid())\n".utf8), to: file.raw, path: file.path)
    }

    /// Tries for a tenth of a second: `isHeld` of somebody else takes the lock for a moment.
    private static func take(_ descriptor: Int32) -> Bool {
        for attempt in 0..<6 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            if attempt < 5 { usleep(20_000) }
        }
        return false
    }

    private static func holder(_ folder: RunFolder) -> Int32? {
        guard let text = try? String(contentsOf: folder.lockFile, encoding: .utf8) else {
            return nil
        }
        return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// True while some process writes the run.
    package static func isHeld(_ folder: RunFolder) -> Bool {
        guard let file = try? FileDescriptor(opening: folder.lockFile, flags: O_RDONLY) else {
            return false
        }
        return flock(file.raw, LOCK_SH | LOCK_NB) != 0
    }
}
