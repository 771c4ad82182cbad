import Kernels
import TestSupport
import Testing

@Suite struct CachedAttentionTests {
    static let shapes = [
        AttentionShape(heads: 2, kvHeads: 2, size: 6),
        AttentionShape(heads: 6, kvHeads: 2, size: 80),
        AttentionShape(heads: 3, kvHeads: 1, size: 17),
        AttentionShape(heads: 70, kvHeads: 1, size: 3),
        AttentionShape(heads: 4, kvHeads: 2, size: 64, scale: 0.3, softCap: 1.5),
        AttentionShape(heads: 2, kvHeads: 1, size: 6, window: 5),
        AttentionShape(heads: 2, kvHeads: 2, size: 16, softCap: 2, window: 70),
    ]

    /// A cache, the pages of which hold what other sequences left there.
    private final class Cache {
        let shape: AttentionShape
        private var keys: [Float]
        private var values: [Float]

        init(_ shape: AttentionShape, pageCount: Int) {
            self.shape = shape
            let size = pageCount * CachePages.tokens * shape.kvHeads * shape.size
            keys = [Float](repeating: .nan, count: size)
            values = [Float](repeating: .nan, count: size)
        }

        /// Attention of rows whose keys and values are added first.
        func attend(
            q: [Float], k: [Float], v: [Float], _ sequences: [CachedSequence]
        ) -> [Float] {
            var out = [Float](repeating: .nan, count: q.count)
            let pages = sequences.map(\.pages.count).max() ?? 0
            var scratch = [Float](
                repeating: .nan,
                count: Workers.count * CachedAttention.scratchCount(pages: pages, shape))
            keys.withUnsafeMutableBufferPointer { keys in
                values.withUnsafeMutableBufferPointer { values in
                    guard let keys = keys.baseAddress, let values = values.baseAddress else {
                        return
                    }
                    let pages = CachePages(keys: keys, values: values)
                    CachedAttention.store(
                        k: k, v: v, in: pages, sequences: sequences, shape: shape)
                    CachedAttention.forward(
                        q: q, out: &out, scratch: &scratch, cache: pages, sequences: sequences,
                        shape: shape)
                }
            }
            return out
        }
    }

    /// Queries, keys and values of a text.
    private struct Text {
        let shape: AttentionShape
        var q: [Float]
        var k: [Float]
        var v: [Float]

        init(tokens: Int, _ shape: AttentionShape, seed: UInt64 = 30) {
            var random = RandomArrays(seed: seed)
            self.shape = shape
            q = random.floats(tokens * shape.heads * shape.size)
            k = random.floats(tokens * shape.kvHeads * shape.size)
            v = random.floats(tokens * shape.kvHeads * shape.size)
        }

        func rows(_ range: Range<Int>) -> (q: [Float], k: [Float], v: [Float]) {
            func part(_ x: [Float], _ width: Int) -> [Float] {
                Array(x[range.lowerBound * width..<range.upperBound * width])
            }
            let width = shape.kvHeads * shape.size
            return (part(q, shape.heads * shape.size), part(k, width), part(v, width))
        }

        var expected: [Double] {
            let count = q.count / shape.heads / shape.size
            return Reference.attention(
                q: doubles(q), k: doubles(k), v: doubles(v),
                segments: [AttentionSegment(start: 0, count: count)], shape: shape)
        }
    }

    private func attend(
        _ text: Text, _ range: Range<Int>, _ cache: Cache, pages: [Int]
    ) -> [Float] {
        let rows = text.rows(range)
        let sequence = CachedSequence(
            start: 0, count: range.count, past: range.lowerBound,
            pages: Array(pages.prefix(CachePages.count(tokens: range.upperBound))))
        return cache.attend(q: rows.q, k: rows.k, v: rows.v, [sequence])
    }

    @Test(
        "equals the reference, in pieces of any length over pages in any order", arguments: shapes)
    func equalsReference(shape: AttentionShape) {
        let text = Text(tokens: 100, shape)
        let pages = [5, 0, 3, 1]
        for pieces in [[0..<100], [0..<31, 31..<32, 32..<33, 33..<98, 98..<99, 99..<100]] {
            let cache = Cache(shape, pageCount: 6)
            let out = pieces.flatMap { attend(text, $0, cache, pages: pages) }
            expectClose(doubles(out), text.expected, relative: 1e-5, absolute: 5e-6)
        }
    }

    @Test("a row has the same bits in pieces as in one, and with any number of threads")
    func pieces() {
        for shape in Self.shapes {
            let text = Text(tokens: 90, shape)
            func all(_ pieces: [Range<Int>]) -> [UInt32] {
                let cache = Cache(shape, pageCount: 3)
                return bits(pieces.flatMap { attend(text, $0, cache, pages: [2, 0, 1]) })
            }
            let whole = all([0..<90])
            for some in withThreads({ all([0..<40, 40..<41, 41..<89, 89..<90]) }) {
                #expect(some == whole)
            }
        }
    }

    @Test(
        "rows of sequences that share pages have the bits that they have alone", arguments: shapes)
    func company(shape: AttentionShape) {
        // A beginning of two pages; 25 texts that go on from it, each with a page of its own.
        let count = 25
        let beginning = Text(tokens: 64, shape)
        let ends = (0..<count).map { Text(tokens: 4, shape, seed: UInt64(100 + $0)) }
        let cache = Cache(shape, pageCount: count + 2)
        _ = attend(beginning, 0..<64, cache, pages: [0, 1])
        var alone: [[Float]] = []
        for (index, end) in ends.enumerated() {
            let rows = end.rows(0..<index % 4 + 1)
            let sequence = CachedSequence(
                start: 0, count: index % 4 + 1, past: 64, pages: [0, 1, index + 2])
            alone.append(cache.attend(q: rows.q, k: rows.k, v: rows.v, [sequence]))
        }
        // Once more the last token of each, all together.
        let width = shape.heads * shape.size
        var (q, k, v): ([Float], [Float], [Float]) = ([], [], [])
        var sequences: [CachedSequence] = []
        for (index, end) in ends.enumerated() {
            let rows = end.rows(index % 4..<index % 4 + 1)
            (q, k, v) = (q + rows.q, k + rows.k, v + rows.v)
            sequences.append(
                CachedSequence(
                    start: index, count: 1, past: 64 + index % 4, pages: [0, 1, index + 2]))
        }
        let together = cache.attend(q: q, k: k, v: v, sequences)
        for (index, out) in alone.enumerated() {
            #expect(
                bits(Array(together[index * width..<(index + 1) * width]))
                    == bits(Array(out.suffix(width))))
        }
    }
}
