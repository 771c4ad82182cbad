internal import Kernels
internal import Synchronization

/// One aligned, zeroed block of floats that never changes its size.
package final class Storage {
    package let count: Int
    package let base: UnsafeMutablePointer<Float>

    /// Bytes of all blocks that there are.
    ///
    /// The system gives a block's memory when it is first written, perhaps in the middle of training;
    /// so all together are kept below what the process could ever have.
    private static let taken = Atomic<Int>(0)

    /// Bytes of all blocks that there are now.
    package static var takenBytes: Int { taken.load(ordering: .relaxed) }

    /// - Throws: `TensorError.outOfMemory`.
    package init(count: Int) throws(TensorError) {
        precondition(count >= 0, "a storage of \(count) floats")
        let (bytes, isTooMuch) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
        guard !isTooMuch, Self.take(bytes) else { throw .lacking(isTooMuch ? .max : bytes) }
        guard let base = Memory.allocate(count: count) else {
            Self.give(bytes)
            throw .lacking(bytes)
        }
        self.count = count
        self.base = base
    }

    deinit {
        Memory.free(base, count: count)
        Self.give(count * MemoryLayout<Float>.stride)
    }

    private static func take(_ bytes: Int) -> Bool {
        let others = taken.wrappingAdd(bytes, ordering: .relaxed).oldValue
        if bytes <= Memory.limitBytes - others { return true }
        give(bytes)
        return false
    }

    private static func give(_ bytes: Int) { taken.wrappingSubtract(bytes, ordering: .relaxed) }

    /// The contents for reading and writing in place.
    package var buffer: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }
}
