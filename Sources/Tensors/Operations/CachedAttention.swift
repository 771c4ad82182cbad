package import Kernels

/// Keys and values of the tokens of many sequences, for one layer, in pages that sequences share.
package final class AttentionCache {
    package let pageCount: Int
    let width: Int
    private let keys: Storage
    private let values: Storage

    /// - Parameters:
    ///   - pageCount: Pages of `CachePages.tokens` tokens.
    ///   - width: kvHeads · headSize.
    /// - Throws: `TensorError.outOfMemory`.
    package init(pageCount: Int, width: Int) throws(TensorError) {
        self.pageCount = pageCount
        self.width = width
        keys = try Storage(count: pageCount * CachePages.tokens * width)
        values = try Storage(count: pageCount * CachePages.tokens * width)
    }

    var pages: CachePages { CachePages(keys: keys.base, values: values.base) }

    /// Makes one page what another is.
    package func copy(page: Int, to other: Int) {
        precondition(page >= 0 && other >= 0 && max(page, other) < pageCount, "no such page")
        let size = CachePages.tokens * width
        for block in [keys, values] {
            (block.base + other * size).update(from: block.base + page * size, count: size)
        }
    }
}

/// New rows of a sequence whose earlier tokens are in a cache.
package struct CacheSlot: Sendable, Equatable {
    /// The pages of its tokens in order, those of the new ones included; the first may be shared with
    /// other sequences, as far as they hold earlier tokens.
    package var pages: [Int]
    /// Tokens that the cache already holds.
    package var past: Int
    /// New rows, following those of the slot before in the batch.
    package var count: Int

    package init(pages: [Int], past: Int, count: Int) {
        self.pages = pages
        self.past = past
        self.count = count
    }
}

extension Tape {
    /// Attention of new rows over a cache, to which their keys and values are added first.
    ///
    /// - Shapes: q, result [rows, heads·size]; k, v [rows, kvHeads·size]; the slots' counts add up
    ///   to rows.
    /// - Precondition: the tape does not record.
    package func cachedAttention(
        q: Tensor, k: Tensor, v: Tensor, cache: AttentionCache, slots: [CacheSlot],
        shape: AttentionShape
    ) -> Tensor {
        precondition(!isRecording, "attention over a cache has no gradient")
        precondition(slots.reduce(0) { $0 + $1.count } == q.rows && q.rows == k.rows)
        precondition(k.columns == cache.width && v.rows == k.rows && v.columns == cache.width)
        precondition(cache.width == shape.kvHeads * shape.size)
        precondition(q.columns == shape.heads * shape.size && shape.heads % shape.kvHeads == 0)
        let sequences = sequences(slots, cache)
        let output = make(rows: q.rows, columns: q.columns, requiresGradient: false)
        CachedAttention.store(
            k: data(k), v: data(v), in: cache.pages, sequences: sequences, shape: shape)
        attend(q, into: output, cache, sequences, shape)
        return output
    }

    private func sequences(_ slots: [CacheSlot], _ cache: AttentionCache) -> [CachedSequence] {
        var start = 0
        return slots.map { slot in
            precondition(
                slot.past >= 0 && slot.count > 0
                    && slot.past + slot.count <= slot.pages.count * CachePages.tokens,
                "a sequence outgrows its pages")
            precondition(
                slot.pages.allSatisfy { $0 >= 0 && $0 < cache.pageCount }, "no such page")
            defer { start += slot.count }
            return CachedSequence(
                start: start, count: slot.count, past: slot.past, pages: slot.pages)
        }
    }

    private func attend(
        _ q: Tensor, into output: Tensor, _ cache: AttentionCache, _ sequences: [CachedSequence],
        _ shape: AttentionShape
    ) {
        let pages = sequences.reduce(0) { max($0, $1.pages.count) }
        let scratchCount = Workers.count * CachedAttention.scratchCount(pages: pages, shape)
        let scratch = arena.floats(scratchCount)
        CachedAttention.forward(
            q: data(q), out: data(output), scratch: scratch, cache: cache.pages,
            sequences: sequences, shape: shape)
        arena.release(scratch, count: scratchCount)
        count(
            flops: sequences.reduce(0) {
                $0 + 4 * shape.size * shape.heads * shape.keysSeen(from: $1.past, count: $1.count)
            })
    }
}
