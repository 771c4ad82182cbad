import Datasets
import Foundation
import Testing

@Suite struct BatchStreamTests {
    private func stream(count: Int = 10, batchSize: Int = 4, seed: UInt64 = 1) -> BatchStream {
        let examples = (0..<count).map { TokenizedExample(text: [0, Int32($0)], byteCount: 1) }
        return BatchStream(examples, batchSize: batchSize, seed: seed)
    }

    /// The next `count` examples, known by their one target.
    private func take(_ batches: Int, _ stream: inout BatchStream) -> [Int32] {
        (0..<batches).flatMap { _ in stream.next().targets }
    }

    @Test("each epoch holds every example once, in another order")
    func epochs() {
        var stream = stream()
        let drawn = take(5, &stream)
        let (first, second) = (Array(drawn.prefix(10)), Array(drawn.suffix(10)))
        #expect(first.sorted() == Array(0..<10))
        #expect(second.sorted() == Array(0..<10))
        #expect(first != second)
        #expect(stream.position == .init(epoch: 1, index: 10))
    }

    @Test("the seed decides the order")
    func seeds() {
        var (first, same, other) = (stream(), stream(), stream(seed: 2))
        let order = take(3, &first)
        #expect(take(3, &same) == order)
        #expect(take(3, &other) != order)
    }

    @Test("a stream continues exactly from a stored position", arguments: [0, 1, 2, 5, 7])
    func resume(batches: Int) throws {
        var whole = stream()
        _ = take(batches, &whole)
        let stored = try JSONEncoder().encode(whole.position)
        var resumed = stream()
        _ = take(3, &resumed)
        try resumed.seek(to: JSONDecoder().decode(BatchStream.Position.self, from: stored))
        #expect(take(6, &resumed) == take(6, &whole))
    }

    @Test("a batch larger than the data set spans epochs")
    func largeBatch() {
        var stream = stream(count: 3, batchSize: 7)
        #expect(take(1, &stream).prefix(6).sorted() == [0, 0, 1, 1, 2, 2])
        #expect(stream.position == .init(epoch: 2, index: 1))
    }

    @Test("a position outside the data is an error", arguments: [(0, 11), (0, -1), (-1, 0)])
    func outside(epoch: Int, index: Int) {
        var stream = stream()
        #expect(throws: DatasetError.positionOutOfRange(epoch: epoch, index: index, count: 10)) {
            try stream.seek(to: .init(epoch: epoch, index: index))
        }
    }
}
