internal import Kernels

/// Memory for one step: taken piece by piece, given back all at once.
///
/// Pieces that are released early are used again for requests of the same size class. After the
/// first step of a shape everything fits into one slab, and no step asks the system for memory.
package final class Arena {
    private struct Slab {
        let base: UnsafeMutablePointer<Float>
        let count: Int
    }

    private static let leastSlab = 1 << 20
    private var slabs: [Slab] = []
    private var used = 0
    private var usedBefore = 0
    private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]
    /// Slabs asked of the system so far.
    package private(set) var systemRequests = 0
    /// The most floats that were in use within one step.
    package private(set) var highWater = 0

    package init() {}

    deinit { freeSlabs() }

    /// A piece of `count` floats with undefined contents.
    package func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
        let size = Self.sizeClass(count)
        if let piece = free[size]?.popLast() { return piece }
        if slabs.last.map({ used + size > $0.count }) ?? true { addSlab(atLeast: size) }
        guard let slab = slabs.last else { preconditionFailure("a slab was just added") }
        let piece = slab.base + used
        used += size
        highWater = max(highWater, usedBefore + used)
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
        free[Self.sizeClass(count), default: []].append(piece)
    }

    /// The same for integers.
    package func release(_ piece: UnsafeMutablePointer<Int32>, count: Int) {
        release(
            UnsafeMutableRawPointer(piece).bindMemory(to: Float.self, capacity: count),
            count: count)
    }

    /// Ends the step: every piece is invalid from now on.
    package func reset() {
        if slabs.count > 1 {
            let total = slabs.reduce(0) { $0 + $1.count }
            freeSlabs()
            addSlab(atLeast: total)
        }
        used = 0
        usedBefore = 0
        for key in free.keys { free[key]?.removeAll(keepingCapacity: true) }
    }

    /// Returns all memory to the system.
    package func trim() {
        freeSlabs()
        free.removeAll()
        used = 0
        usedBefore = 0
    }

    private func addSlab(atLeast count: Int) {
        usedBefore += used
        used = 0
        let size = max(count, Self.leastSlab, slabs.last.map { min($0.count * 2, 1 << 26) } ?? 0)
        guard let base = Memory.allocate(count: size) else {
            fatalError("out of memory: a step needs another \(size * 4 / 1_000_000) MB")
        }
        slabs.append(Slab(base: base, count: size))
        systemRequests += 1
    }

    private func freeSlabs() {
        for slab in slabs { Memory.free(slab.base, count: slab.count) }
        slabs.removeAll(keepingCapacity: true)
    }

    /// Sizes are rounded up to eight classes per power of two, so that batches of slightly
    /// different lengths reuse each other's pieces.
    static func sizeClass(_ count: Int) -> Int {
        let least = max(16, count)
        let unit = max(16, 1 << max(0, (Int.bitWidth - least.leadingZeroBitCount) - 4))
        return (least + unit - 1) / unit * unit
    }
}
