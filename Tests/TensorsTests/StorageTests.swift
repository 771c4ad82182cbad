import Kernels
import Testing

@testable import Tensors

@Suite struct StorageTests {
    @Test("what the machine could never give is an error that tells how much was needed")
    func tooMuch() throws {
        for count in [Memory.limitBytes / 4 + 1, .max / 4, .max] {
            let error = #expect(throws: TensorError.self) { try Storage(count: count) }
            guard case .outOfMemory(let bytes, let free) = try #require(error) else { return }
            #expect(bytes > Memory.limitBytes && free > 0 && free <= Memory.limitBytes)
        }
        let error = #expect(throws: TensorError.self) {
            try Parameter("huge", rows: .max / 2, columns: 3, isTrainable: false)
        }
        #expect("\(try #require(error))".hasPrefix("no memory for another "))
    }

    @Test("blocks count together, until they are given back")
    func together() throws {
        let half = Memory.limitBytes / 8 * 5 / 4
        for _ in 0..<3 {
            // Only addresses are taken: nothing is written.
            let first = try Storage(count: half)
            #expect(throws: TensorError.self) { try Storage(count: half) }
            #expect(first.count == half)
        }
    }

    @Test("more than is free is refused before any of it is asked for")
    func require() throws {
        try TensorError.require(bytes: 1_000_000)
        #expect(throws: TensorError.self) { try TensorError.require(bytes: .max) }
        #expect(throws: TensorError.self) { try TensorError.require(bytes: Memory.limitBytes + 1) }
    }

    @Test("a message has the numbers of an error in it")
    func message() {
        let error = TensorError.outOfMemory(bytes: 12_000_001, free: 5_000_000)
        #expect("\(error)".hasPrefix("no memory for another 13 MB (5 MB are free): use a smaller"))
    }
}
