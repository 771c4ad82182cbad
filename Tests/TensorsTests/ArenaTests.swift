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

    @Test("a released piece serves later requests, larger ones with its neighbours")
    func reuse() {
        let arena = Arena()
        let pieces = (0..<4).map { _ in arena.floats(1000) }
        arena.release(pieces[1], count: 1000)
        #expect(arena.floats(990) == pieces[1])
        let small = arena.floats(1)
        #expect(small == pieces[1] + 992)
        arena.release(pieces[1], count: 990)
        arena.release(small, count: 1)
        arena.release(pieces[3], count: 1000)
        arena.release(pieces[2], count: 1000)
        #expect(arena.floats(2900) == pieces[1])
        let integers = arena.integers(50)
        arena.release(integers, count: 50)
        #expect(UnsafeRawPointer(arena.floats(50)) == UnsafeRawPointer(integers))
    }

    @Test("in any order of taking and giving back, pieces in use never overlap")
    func disorder() {
        let arena = Arena()
        var generator = SmallGenerator(state: 3)
        var inUse: [(piece: UnsafeMutablePointer<Float>, count: Int)] = []
        for _ in 0..<3000 {
            if inUse.count > 30 {
                let (piece, count) = inUse.remove(at: Int.random(in: 0...30, using: &generator))
                arena.release(piece, count: count)
            }
            let count = Int.random(in: 1...5000, using: &generator)
            let piece = arena.floats(count)
            #expect(
                inUse.allSatisfy { piece + count <= $0.piece || $0.piece + $0.count <= piece })
            inUse.append((piece, count))
        }
        #expect(arena.reach < 2 * arena.highWater)
        let reach = arena.reach
        for (piece, count) in inUse { arena.release(piece, count: count) }
        let whole = arena.floats(reach)
        #expect(arena.floats(1) == whole + reach)
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

    @Test("after a reset the memory is used again, after a trim it is the system's")
    func reset() {
        let arena = Arena()
        let first = arena.floats(10)
        arena.reset()
        #expect(arena.floats(10) == first)
        for _ in 0..<3 {
            for _ in 0..<5 { arena.floats(1000).update(repeating: 7, count: 1000) }
            arena.reset()
        }
        #expect(arena.reach == 16 + 5 * 1008 && arena.highWater == arena.reach)
        arena.trim()
        #expect(arena.reach == 0)
        let again = arena.floats(1000)
        #expect((0..<1000).allSatisfy { again[$0] == 0 })
    }
}
