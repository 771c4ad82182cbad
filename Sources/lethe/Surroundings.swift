import Foundation
import Kernels

/// What the process finds around itself, made such that nothing of it is a trap.
enum Surroundings {
    /// Addresses without which not even messages can be made.
    private static let leastAddressBytes = 128_000_000

    /// Comes before anything is opened or written; ends the process where it cannot work.
    static func prepare() {
        openClosedStreams()
        // A closed pipe and a full file are errors of the call that writes.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        guard Memory.addressBytesLeft < leastAddressBytes else { return }
        StandardError.write(
            "lethe: the limits of memory leave \(Memory.addressBytesLeft / 1_000_000) MB; at least "
                + "\(leastAddressBytes / 1_000_000) MB are needed, raise them (ulimit -v, ulimit -d)\n"
        )
        exit(1)
    }

    /// Puts `/dev/null` where a standard stream is closed, so that no file of ours takes its number.
    ///
    /// In place of standard output it is open for reading only: writing fails there as it should,
    /// for somebody's results would be lost.
    private static func openClosedStreams() {
        let modes = [STDIN_FILENO: O_RDONLY, STDOUT_FILENO: O_RDONLY, STDERR_FILENO: O_WRONLY]
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) == -1 {
            let opened = open("/dev/null", modes[stream] ?? O_RDWR)
            if opened >= 0, opened != stream { close(opened) }
        }
    }
}
