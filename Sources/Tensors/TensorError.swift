internal import Foundation
internal import Kernels

/// What can go wrong with tensors that is not a mistake of the caller.
package enum TensorError: Error, Equatable, Sendable, CustomStringConvertible {
    /// So many bytes were needed more, and so many were free.
    case outOfMemory(bytes: Int, free: Int)

    /// The error of asking for `bytes` now.
    static func lacking(_ bytes: Int) -> TensorError {
        .outOfMemory(bytes: bytes, free: Memory.freeBytes)
    }

    /// Addresses that a BLAS, threads and a step's values take beside a model, where they are limited.
    private static let workingBytes = 512_000_000

    /// Refuses what is more than is free, before any of it is asked for.
    ///
    /// Where the process's addresses are limited, room to work must be left beside it: libraries end
    /// the process if they find none.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    package static func require(bytes: Int) throws(TensorError) {
        let beside = Memory.addressBytesLeft < .max ? workingBytes : 0
        let (needed, isTooMuch) = bytes.addingReportingOverflow(beside)
        guard !isTooMuch, needed <= Memory.freeBytes else {
            throw lacking(isTooMuch ? .max : needed)
        }
    }

    package var description: String {
        switch self {
        case .outOfMemory(let bytes, let free):
            "no memory for another \(Self.megabytes(bytes)) (\(Self.megabytes(free)) are free): use "
                + "a smaller model, batch, sequence or limit of items, or raise the limit (ulimit -v)"
        }
    }

    private static func megabytes(_ bytes: Int) -> String {
        "\(bytes / 1_000_000 + (bytes % 1_000_000 > 0 ? 1 : 0)) MB"
    }

    /// Ends the process with a message and exit code 1, the terminal as it was.
    ///
    /// In the middle of a step nothing can be given back; a run goes on later from its last checkpoint.
    func end() -> Never {
        let message = "lethe: \(description)\n"
        _ = message.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        exit(1)
    }
}
