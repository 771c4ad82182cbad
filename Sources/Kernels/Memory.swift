internal import CKernels

/// Aligned memory for numbers.
package enum Memory {
    /// A zeroed, 64-byte aligned block, or nil when the system has none.
    package static func allocate(count: Int) -> UnsafeMutablePointer<Float>? {
        lk_allocate(count * MemoryLayout<Float>.stride)?
            .bindMemory(to: Float.self, capacity: count)
    }

    /// A block as large as the memory that the process could have, of which the system gives what is
    /// written to; a smaller one where so much may not be asked for, and nil if not even `least`
    /// floats.
    ///
    /// Where the process's addresses are limited, half of them stay for all else.
    package static func reserve(atLeast least: Int) -> UnsafeMutableBufferPointer<Float>? {
        let most = min(lk_physical_bytes(), limitBytes, addressBytesLeft / 2)
        var count = most / MemoryLayout<Float>.stride
        while count >= least {
            if let block = lk_reserve(count * MemoryLayout<Float>.stride) {
                return UnsafeMutableBufferPointer(
                    start: block.bindMemory(to: Float.self, capacity: count), count: count)
            }
            count /= 2
        }
        return nil
    }

    /// A block of `count` floats of which the system gives what is written to, zeroed before; nil
    /// where so much may not be asked for.
    package static func reserve(count: Int) -> UnsafeMutablePointer<Float>? {
        lk_reserve(count * MemoryLayout<Float>.stride)?
            .bindMemory(to: Float.self, capacity: count)
    }

    /// Returns the memory behind a reserved block to the system, but not the block.
    package static func forget(_ block: UnsafeMutableBufferPointer<Float>) {
        lk_forget(block.baseAddress, block.count * MemoryLayout<Float>.stride)
    }

    /// Gives back a block of `allocate` or `reserve`, with the same count.
    package static func free(_ block: UnsafeMutablePointer<Float>, count: Int) {
        lk_free(block, count * MemoryLayout<Float>.stride)
    }

    /// The most that this process could ever have: the machine's memory and swap, less where the
    /// container or the process has a limit of its own.
    package static let limitBytes = Int(clamping: lk_memory_limit())

    /// What is left of that now, other processes' use counted.
    package static var freeBytes: Int { Int(clamping: lk_memory_free()) }

    /// What the process's own limits (`ulimit -v`, `-d`) leave; the largest number without a limit.
    package static var addressBytesLeft: Int { Int(clamping: lk_address_space_free()) }

    /// Present resident size of this process.
    package static var residentBytes: Int { Int(clamping: lk_resident_bytes()) }

    /// Largest resident size of this process so far.
    package static var peakResidentBytes: Int { lk_peak_resident_bytes() }

    /// Bytes that the system has handed to this process page by page so far.
    package static var freshBytes: Int { lk_fresh_bytes() }

    /// Lets the largest size count from now on, where the system allows it.
    package static func resetPeak() { lk_reset_peak() }
}
