package import Foundation
internal import Synchronization

/// Bytes to an open file, pipe or terminal.
package enum Descriptor {
    /// Writes all of `data`, however many calls and however much patience it takes.
    ///
    /// - Throws: `SystemReason`; with `EPIPE` where the reader of a pipe is gone and SIGPIPE ignored.
    package static func write(_ data: Data, to descriptor: Int32) throws(SystemReason) {
        let failure = data.withUnsafeBytes { bytes -> SystemReason? in
            do throws(SystemReason) {
                try write(bytes, to: descriptor)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// The same for bytes in memory.
    ///
    /// - Throws: `SystemReason`.
    package static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
    ) throws(SystemReason) {
        var written = 0
        while written < bytes.count {
            let count = put(bytes, from: written, most: bytes.count, to: descriptor)
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                _ = isWritable(descriptor, milliseconds: -1)
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    /// Writes as much of `data` as is taken without waiting longer than `patience` milliseconds.
    ///
    /// For what only informs: what cannot be written is lost, and nobody is stopped by it.
    package static func tell(_ data: Data, to descriptor: Int32, patience: Int32 = 200) {
        var written = 0
        while written < data.count, isWritable(descriptor, milliseconds: patience) {
            // A pipe that can be written takes at least so many bytes.
            let count = data.withUnsafeBytes {
                put($0, from: written, most: Int(PIPE_BUF), to: descriptor)
            }
            if count < 0, errno != EINTR, errno != EAGAIN { return }
            written += max(0, count)
        }
    }

    private static let starts = Mutex(())

    /// Does something while no other thread starts a program, which would get the open files that are
    /// not yet kept from it; not to be called within itself.
    static func betweenStarts<Result>(_ body: () -> Result) -> Result {
        starts.withLock { _ in body() }
    }

    /// Has programs that are started get no open file but those that they are given, also none that
    /// this one was started with.
    static func keepAllToThisProgram() {
        let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        for number in open?.compactMap({ Int32($0) }) ?? Array(0..<1024) where number > 2 {
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        }
    }

    private static func put(
        _ bytes: UnsafeRawBufferPointer, from start: Int, most: Int, to descriptor: Int32
    ) -> Int {
        Foundation.write(
            descriptor, bytes.baseAddress.map { $0 + start }, min(most, bytes.count - start))
    }

    private static func isWritable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let count = poll(&wanted, 1, milliseconds)
        return count > 0 || (count < 0 && errno == EINTR)
    }
}
