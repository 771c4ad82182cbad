internal import Kernels

/// Memory for one step: taken and given back piece by piece, and at the end all at once.
///
/// One block of addresses is reserved, as large as the memory that there could be. A piece comes from the
/// first gap in it that is large enough, so that what is given back serves requests of any size,
/// and memory beyond the step's peak is never asked of the system.
package final class Arena {
    /// Memory between two pieces in use.
    private struct Gap {
        var start: UnsafeMutablePointer<Float>
        var count: Int
        var end: UnsafeMutablePointer<Float> { start + count }
    }

    /// Floats of a cache line; every piece starts at one.
    private static let unit = 16
    private static let least = 1 << 24

    private let block: UnsafeMutableBufferPointer<Float>
    private let start: UnsafeMutablePointer<Float>
    /// In the order of their addresses; neighbours are always merged.
    private var gaps: [Gap]
    private var used = 0
    /// The most floats that were in use at a time since the last reset.
    package private(set) var peak = 0
    /// The most floats that were in use at a time.
    package private(set) var highWater = 0
    /// Floats from the first to the last that was ever in use: what the system had to provide.
    package private(set) var reach = 0

    /// Ends the process where there is no room for even a small step; see `TensorError.end`.
    package init() {
        guard let block = Memory.reserve(atLeast: Self.least), let start = block.baseAddress else {
            TensorError.lacking(Self.least * MemoryLayout<Float>.stride).end()
        }
        self.block = block
        self.start = start
        gaps = [Gap(start: start, count: block.count)]
    }

    deinit { Memory.free(start, count: block.count) }

    /// The same in bytes.
    package var reachBytes: Int { reach * MemoryLayout<Float>.stride }

    /// A piece of `count` floats with undefined contents.
    package func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
        let size = Self.rounded(count)
        guard let index = gaps.firstIndex(where: { $0.count >= size }) else {
            TensorError.lacking(size * MemoryLayout<Float>.stride).end()
        }
        let piece = gaps[index].start
        gaps[index].start += size
        gaps[index].count -= size
        if gaps[index].count == 0 { gaps.remove(at: index) }
        used += size
        peak = max(peak, used)
        highWater = max(highWater, used)
        reach = max(reach, piece + size - start)
        return piece
    }

    /// A piece of `count` zeros.
    package func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
        let piece = floats(count)
        piece.update(repeating: 0, count: count)
        return piece
    }

    /// A piece for `count` 32-bit integers with undefined contents.
    package func integers(_ count: Int) -> UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(floats(count)).bindMemory(to: Int32.self, capacity: count)
    }

    /// Gives a piece back before the step ends; `count` as it was asked for.
    package func release(_ piece: UnsafeMutablePointer<Float>, count: Int) {
        let size = Self.rounded(count)
        used -= size
        let gap = Gap(start: piece, count: size)
        let index = gaps.firstIndex { $0.start > piece } ?? gaps.count
        let touchesNext = index < gaps.count && gap.end == gaps[index].start
        if index > 0, gaps[index - 1].end == piece {
            gaps[index - 1].count += size
            if touchesNext { gaps[index - 1].count += gaps.remove(at: index).count }
        } else if touchesNext {
            gaps[index] = Gap(start: piece, count: size + gaps[index].count)
        } else {
            gaps.insert(gap, at: index)
        }
    }

    /// The same for integers.
    package func release(_ piece: UnsafeMutablePointer<Int32>, count: Int) {
        release(
            UnsafeMutableRawPointer(piece).bindMemory(to: Float.self, capacity: count),
            count: count)
    }

    /// Ends the step: every piece is invalid from now on.
    package func reset() {
        (used, peak) = (0, 0)
        gaps.removeAll(keepingCapacity: true)
        gaps.append(Gap(start: start, count: block.count))
    }

    /// The same, and returns all memory to the system.
    package func trim() {
        reset()
        Memory.forget(block)
        (highWater, reach) = (0, 0)
    }

    private static func rounded(_ count: Int) -> Int {
        (max(1, count) + unit - 1) / unit * unit
    }
}
