import Kernels
import TestSupport
@testable import Tensors
import Testing

@Suite struct ArenaTests {
    @Test("pieces are aligned to 64 bytes and do not overlap")
    func alignment() {
        let arena = Arena()
        var pieces: [(start: Int, end: Int)] = []
        for count in [1, 3, 15, 16, 17, 100, 1000, 1025, 3_000_000] {
            let address = Int(bitPattern: arena.floats(count))
            #expect(address % 64 == 0)
            pieces.append((address, address + count * 4))
        }
        pieces.sort { $0.start < $1.start }
        for (before, after) in zip(pieces, pieces.dropFirst()) {
            #expect(before.end <= after.start)
        }
    }

    @Test("a size class holds its sizes with little waste")
    func sizeClasses() {
        for count in Array(1...3000) + [1 << 20, (1 << 20) + 1, 123_456_789] {
            let size = Arena.sizeClass(count)
            #expect(size >= count && size % 16 == 0)
            #expect(size <= max(16, count + count / 8 + 16))
            #expect(Arena.sizeClass(size) == size)
        }
    }

    @Test("a released piece is used again for its size class")
    func reuse() {
        let arena = Arena()
        let piece = arena.floats(1000)
        arena.release(piece, count: 1000)
        #expect(arena.floats(990) == piece)
        #expect(arena.floats(1000) != piece)
        let integers = arena.integers(50)
        arena.release(integers, count: 50)
        #expect(UnsafeRawPointer(arena.floats(50)) == UnsafeRawPointer(integers))
    }

    @Test("zeros are zeros even in used memory")
    func zeros() {
        let arena = Arena()
        let piece = arena.floats(100)
        piece.update(repeating: 7, count: 100)
        arena.release(piece, count: 100)
        let zeros = arena.zeros(100)
        #expect(zeros == piece)
        #expect((0..<100).allSatisfy { zeros[$0] == 0 })
    }

    @Test("after a reset the memory is used again, and slabs become one")
    func reset() {
        let arena = Arena()
        let first = arena.floats(10)
        arena.reset()
        #expect(arena.floats(10) == first)
        for _ in 0..<5 { _ = arena.floats(1 << 20) }
        let high = arena.highWater
        #expect(high >= 5 << 20)
        arena.reset()
        let requests = arena.systemRequests
        for _ in 0..<3 {
            for _ in 0..<5 { _ = arena.floats(1 << 20) }
            arena.reset()
        }
        #expect(arena.systemRequests == requests)
        #expect(arena.highWater <= high + 16)
        arena.trim()
        arena.floats(16).update(repeating: 1, count: 16)
        #expect(arena.systemRequests == requests + 1)
    }
}
