internal import CKernels

/// Aligned memory for numbers.
package enum Memory {
    /// A zeroed, 64-byte aligned block, or nil when the system has none.
    package static func allocate(count: Int) -> UnsafeMutablePointer<Float>? {
        lk_allocate(count * MemoryLayout<Float>.stride)?
            .bindMemory(to: Float.self, capacity: count)
    }

    /// Gives back a block of `allocate`, with the same count.
    package static func free(_ block: UnsafeMutablePointer<Float>, count: Int) {
        lk_free(block, count * MemoryLayout<Float>.stride)
    }

    /// Largest resident size of this process so far.
    package static var peakResidentBytes: Int { lk_peak_resident_bytes() }
}
