internal import Kernels

/// One aligned, zeroed block of floats that never changes its size.
package final class Storage {
    package let count: Int
    package let base: UnsafeMutablePointer<Float>

    /// - Throws: `TensorError.outOfMemory`.
    package init(count: Int) throws(TensorError) {
        precondition(count >= 0, "a storage of \(count) floats")
        guard let base = Memory.allocate(count: count) else {
            throw .outOfMemory(bytes: count * MemoryLayout<Float>.stride)
        }
        self.count = count
        self.base = base
    }

    deinit { Memory.free(base, count: count) }

    /// The contents for reading and writing in place.
    package var buffer: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }
}

/// What can go wrong with tensors that is not a mistake of the caller.
package enum TensorError: Error, Equatable, Sendable, CustomStringConvertible {
    case outOfMemory(bytes: Int)

    package var description: String {
        switch self {
        case .outOfMemory(let bytes):
            "no memory for another \(bytes / 1_000_000) MB: use a smaller model, batch or sequence"
        }
    }
}
