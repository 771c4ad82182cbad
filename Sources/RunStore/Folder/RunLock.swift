import Foundation

/// The right to write one run; given back when the value goes away or the process ends.
///
/// The lock is advisory (`flock` on the file `lock`): reading a run never needs it.
package final class RunLock: Sendable {
    package let folder: RunFolder
    private let file: FileDescriptor

    /// Who only asks whether the run is being written holds the lock for an instant.
    private static let attempts = 5
    private static let pause: useconds_t = 20_000

    /// Takes the lock.
    ///
    /// - Throws: `RunStoreError.locked` if another process, or another lock of this one, has it;
    ///   `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package init(_ folder: RunFolder) throws {
        self.folder = folder
        file = try folder.opened().file(RunFolder.Name.lock, flags: O_RDWR | O_CREAT)
        guard try Self.take(file) else {
            throw RunStoreError.locked(path: folder.url.path, process: Self.holder(folder))
        }
        _ = ftruncate(file.raw, 0)
        try writeAll(Data("\(getpid())\n".utf8), to: file.raw, path: file.path)
    }

    private static func take(_ file: FileDescriptor) throws -> Bool {
        for _ in 0..<attempts {
            if flock(file.raw, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK else { throw RunStoreError.last("lock", file.path) }
            usleep(pause)
        }
        return false
    }

    /// Whether a process writes the run now; true too if the lock cannot be asked, so that no run is
    /// called dead that may be alive.
    package static func isHeld(_ folder: RunFolder) -> Bool {
        do {
            let opened = try folder.opened()
            guard opened.kind(RunFolder.Name.lock) == .file else { return false }
            let file = try opened.file(RunFolder.Name.lock, flags: O_RDONLY)
            return flock(file.raw, LOCK_SH | LOCK_NB) != 0
        } catch {
            return true
        }
    }

    private static func holder(_ folder: RunFolder) -> Int32? {
        guard let data = try? folder.opened().read(RunFolder.Name.lock, limit: 64) else {
            return nil
        }
        let text = String(decoding: data, as: UTF8.self)
        return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
