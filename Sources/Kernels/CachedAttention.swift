internal import CKernels

/// Keys and values of one layer in pages, each with the keys and values of 32 tokens.
package struct CachePages {
    /// Tokens of a page.
    package static let tokens = Int(lk_page_tokens)

    /// Keys [pages, kvHeads, size, tokens]: positions side by side, so that a query meets 32 at once.
    package let keys: UnsafeMutablePointer<Float>
    /// Values [pages, kvHeads, tokens, size].
    package let values: UnsafeMutablePointer<Float>

    package init(keys: UnsafeMutablePointer<Float>, values: UnsafeMutablePointer<Float>) {
        self.keys = keys
        self.values = values
    }

    /// Pages that so many tokens fill or begin.
    package static func count(tokens: Int) -> Int { (tokens + Self.tokens - 1) / Self.tokens }

    /// Where the part of one head of a page begins, in keys as in values.
    func offset(page: Int, head: Int, _ shape: AttentionShape) -> Int {
        (page * shape.kvHeads + head) * Self.tokens * shape.size
    }
}

/// New rows of one sequence, and the pages that hold its keys and values.
package struct CachedSequence: Sendable {
    /// First new row and number of new rows in the batch.
    package var start: Int
    package var count: Int
    /// Tokens before the new ones.
    package var past: Int
    /// The pages of all its tokens in order, of which other sequences may share the first.
    package var pages: [Int]

    package init(start: Int, count: Int, past: Int, pages: [Int]) {
        self.start = start
        self.count = count
        self.past = past
        self.pages = pages
    }
}

/// Attention of new rows over cached keys and values, forward only.
///
/// Sequences that begin with the same pages read these together. A row's result depends, to the bit,
/// on its query and the keys and values that it sees: not on the other rows, nor on who shares what.
package enum CachedAttention {
    /// The most rows of queries of one key head that are computed together.
    private static let rowLimit = 64

    private static func rowCount(_ shape: AttentionShape) -> Int { max(rowLimit, shape.group) }

    /// Floats of scratch that one worker needs for sequences of up to so many pages.
    package static func scratchCount(pages: Int, _ shape: AttentionShape) -> Int {
        rowCount(shape) * (2 * shape.size + stride(pages: pages)) + 1
    }

    /// From one row of scores to the next: not a power of two, which would crowd the caches.
    private static func stride(pages: Int) -> Int { pages * CachePages.tokens + 16 }

    /// Puts the keys and values of new rows into their pages.
    ///
    /// - Shapes: k, v [N, kvHeads·size].
    package static func store(
        k: UnsafePointer<Float>, v: UnsafePointer<Float>, in cache: CachePages,
        sequences: [CachedSequence], shape: AttentionShape
    ) {
        Workers.run(sequences.count) { index, _ in
            let sequence = sequences[index]
            for row in 0..<sequence.count {
                let position = sequence.past + row
                let page = sequence.pages[position / CachePages.tokens]
                let place = position % CachePages.tokens
                let source = (sequence.start + row) * shape.keyStride
                for head in 0..<shape.kvHeads {
                    let offset = cache.offset(page: page, head: head, shape)
                    let key = k + source + head * shape.size
                    for d in 0..<shape.size {
                        cache.keys[offset + d * CachePages.tokens + place] = key[d]
                    }
                    (cache.values + offset + place * shape.size).update(
                        from: v + source + head * shape.size, count: shape.size)
                }
            }
        }
    }

    /// Attention over pages that hold the new rows' keys and values too.
    ///
    /// - Shapes: q, out [N, heads·size]; scratch [workers, `scratchCount(pages:)`].
    package static func forward(
        q: UnsafePointer<Float>, out: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, cache: CachePages, sequences: [CachedSequence],
        shape: AttentionShape
    ) {
        let blocks = CachedBlock.divide(sequences, rowLimit: rowLimit, shape)
        let pages = sequences.reduce(0) { max($0, $1.pages.count) }
        let perWorker = scratchCount(pages: pages, shape)
        let rows = rowCount(shape)
        Workers.run(blocks.count * shape.kvHeads) { index, worker in
            let queries = scratch + worker * perWorker
            let block = BlockOfQueries(
                block: blocks[index / shape.kvHeads], keyHead: index % shape.kvHeads,
                queries: queries, mixed: queries + rows * shape.size,
                scores: queries + 2 * rows * shape.size, stride: stride(pages: pages),
                cache: cache, shape: shape)
            block.gather(q)
            block.score()
            block.weigh()
            block.mix()
            block.scatter(out)
        }
    }
}
