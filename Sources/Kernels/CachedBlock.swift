internal import CKernels

/// New tokens that are computed together: some of one sequence, or one each of several sequences
/// that begin with the same pages.
struct CachedBlock {
    struct Piece {
        let sequence: CachedSequence
        /// New tokens of the sequence.
        let tokens: Range<Int>

        func position(_ token: Int) -> Int { sequence.past + token }
        /// Pages up to that of the last of the tokens.
        var pageCount: Int { position(tokens.upperBound - 1) / CachePages.tokens + 1 }
    }

    var pieces: [Piece]
    /// The first pages, which all of the pieces see.
    var shared: Int

    var tokenCount: Int { pieces.reduce(0) { $0 + $1.tokens.count } }

    static func divide(
        _ sequences: [CachedSequence], rowLimit: Int, _ shape: AttentionShape
    ) -> [CachedBlock] {
        let most = max(1, rowLimit / shape.group)
        var blocks: [CachedBlock] = []
        for sequence in sequences {
            for first in Swift.stride(from: 0, to: sequence.count, by: most) {
                let piece = Piece(
                    sequence: sequence, tokens: first..<min(sequence.count, first + most))
                if sequence.count == 1, let last = blocks.indices.last,
                    blocks[last].take(piece, most: most)
                {
                    continue
                }
                blocks.append(CachedBlock(pieces: [piece], shared: piece.pageCount))
            }
        }
        return blocks
    }

    /// Takes in the token of a sequence that begins as the others of the block do.
    private mutating func take(_ piece: Piece, most: Int) -> Bool {
        guard pieces.count < most, let last = pieces.last, last.sequence.count == 1 else {
            return false
        }
        let common = zip(last.sequence.pages, piece.sequence.pages).prefix { $0 == $1 }.count
        let whole = min(common, shared)
        guard whole > 0 else { return false }
        shared = whole
        pieces.append(piece)
        return true
    }
}

/// The queries of a block that belong to one key head, [tokens · group, size], in scratch.
struct BlockOfQueries {
    let block: CachedBlock
    let keyHead: Int
    let queries: UnsafeMutablePointer<Float>
    let mixed: UnsafeMutablePointer<Float>
    /// Scratch with a column for each token of the visible pages.
    let scores: UnsafeMutablePointer<Float>
    let stride: Int
    let cache: CachePages
    let shape: AttentionShape

    private var rows: Int { block.tokenCount * shape.group }

    /// The first page that any row sees.
    private var firstPage: Int {
        block.pieces.reduce(.max) {
            min($0, max(0, shape.firstKey(of: $1.position($1.tokens.lowerBound))))
        } / CachePages.tokens
    }

    private func forEachPiece(_ body: (_ piece: CachedBlock.Piece, _ firstRow: Int) -> Void) {
        var row = 0
        for piece in block.pieces {
            body(piece, row)
            row += piece.tokens.count * shape.group
        }
    }

    /// Where the queries of a token are, of all heads of the group.
    private func queryOffset(_ piece: CachedBlock.Piece, _ token: Int) -> Int {
        (piece.sequence.start + token) * shape.queryStride + keyHead * shape.group * shape.size
    }

    func gather(_ q: UnsafePointer<Float>) {
        let width = shape.group * shape.size
        forEachPiece { piece, firstRow in
            for (index, token) in piece.tokens.enumerated() {
                (queries + firstRow * shape.size + index * width).update(
                    from: q + queryOffset(piece, token), count: width)
            }
        }
    }

    func scatter(_ out: UnsafeMutablePointer<Float>) {
        let width = shape.group * shape.size
        forEachPiece { piece, firstRow in
            for (index, token) in piece.tokens.enumerated() {
                (out + queryOffset(piece, token)).update(
                    from: mixed + firstRow * shape.size + index * width, count: width)
            }
        }
    }

    func score() {
        let base = firstPage
        func score(_ page: Int, of sequence: CachedSequence, row: Int, rows: Int) {
            lk_page_scores(
                queries + row * shape.size, rows,
                cache.keys + cache.offset(page: sequence.pages[page], head: keyHead, shape),
                shape.size, scores + row * stride + (page - base) * CachePages.tokens, stride)
        }
        forEachPage(from: base, score)
    }

    /// Makes weights of scores, row by row.
    func weigh() {
        let first = firstPage * CachePages.tokens
        forEachPiece { piece, firstRow in
            let columns = piece.pageCount * CachePages.tokens - first
            for (index, token) in piece.tokens.enumerated() {
                let position = piece.position(token)
                for head in 0..<shape.group {
                    let row = scores + (firstRow + index * shape.group + head) * stride
                    if let cap = shape.softCap {
                        lk_soft_cap(row, shape.scale, cap, nil, position + 1 - first)
                    }
                    lk_causal_softmax(
                        row, 1, columns, columns, shape.firstKey(of: position) - first,
                        position + 1 - first, shape.softmaxScale, mixed, 1)
                }
            }
        }
    }

    func mix() {
        let base = firstPage
        mixed.update(repeating: 0, count: rows * shape.size)
        func mix(_ page: Int, of sequence: CachedSequence, row: Int, rows: Int) {
            let filled = sequence.past + sequence.count - page * CachePages.tokens
            lk_page_mix(
                scores + row * stride + (page - base) * CachePages.tokens, stride, rows,
                cache.values + cache.offset(page: sequence.pages[page], head: keyHead, shape),
                min(CachePages.tokens, filled), shape.size, mixed + row * shape.size)
        }
        forEachPage(from: base, mix)
    }

    /// All visible pages with the rows that see them, for every row in order.
    private func forEachPage(
        from base: Int,
        _ body: (_ page: Int, _ sequence: CachedSequence, _ row: Int, _ rows: Int) -> Void
    ) {
        guard let any = block.pieces.first?.sequence else { return }
        for page in base..<max(base, block.shared) { body(page, any, 0, rows) }
        forEachPiece { piece, firstRow in
            for page in max(base, block.shared)..<max(base, block.shared, piece.pageCount) {
                body(page, piece.sequence, firstRow, piece.tokens.count * shape.group)
            }
        }
    }
}
