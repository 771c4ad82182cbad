internal import CKernels

/// New rows of one sequence and where its earlier keys and values are kept.
package struct CachedSequence {
    /// First new row and number of new rows in the batch.
    package var start: Int
    package var count: Int
    /// The sequence's caches [capacity, kvHeads·size]; the new rows are already in them.
    package var keys: UnsafePointer<Float>
    package var values: UnsafePointer<Float>
    /// Rows in the caches before the new ones.
    package var past: Int

    package init(
        start: Int, count: Int, keys: UnsafePointer<Float>, values: UnsafePointer<Float>, past: Int
    ) {
        self.start = start
        self.count = count
        self.keys = keys
        self.values = values
        self.past = past
    }
}

extension Attention {
    /// Attention of new rows over a cache, forward only.
    ///
    /// - Shapes: q, out [N, heads·size]; scratch [workers, `scratchCount(longest:)`].
    package static func cached(
        q: UnsafePointer<Float>, out: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, longest: Int,
        sequences: UnsafeBufferPointer<CachedSequence>, shape: AttentionShape
    ) {
        let perWorker = scratchCount(longest: longest, shape)
        Workers.run(sequences.count) { index, worker in
            let sequence = sequences[index]
            let scores = scratch + worker * perWorker
            for head in 0..<shape.heads {
                for first in stride(from: 0, to: sequence.count, by: block) {
                    cachedBlock(
                        q, out, scores, sequence, shape, head: head, first: first,
                        rows: min(block, sequence.count - first))
                }
            }
        }
    }

    private static func cachedBlock(
        _ q: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>,
        _ scores: UnsafeMutablePointer<Float>, _ sequence: CachedSequence, _ shape: AttentionShape,
        head: Int, first: Int, rows: Int
    ) {
        let keys = head / shape.group * shape.size
        let offset = (sequence.start + first) * shape.queryStride + head * shape.size
        let position = sequence.past + first
        let hidden = max(0, shape.firstKey(of: position))
        let columns = position + rows - hidden
        let visible = hidden * shape.keyStride + keys
        Gemm.single(
            MatrixOperand(q + offset, stride: shape.queryStride),
            MatrixOperand(sequence.keys + visible, stride: shape.keyStride, transposed: true),
            into: scores, shape: (rows, shape.size, columns), stride: columns, 1, 0)
        let lse = scores + rows * columns
        if let cap = shape.softCap { lk_soft_cap(scores, shape.scale, cap, nil, rows * columns) }
        let begin = shape.window == nil ? -rows : shape.firstKey(of: position) - hidden
        lk_causal_softmax(
            scores, rows, columns, columns, begin, position + 1 - hidden, shape.softmaxScale, lse,
            1)
        Gemm.single(
            MatrixOperand(scores, stride: columns),
            MatrixOperand(sequence.values + visible, stride: shape.keyStride), into: out + offset,
            shape: (rows, columns, shape.size), stride: shape.queryStride, 1, 0)
    }
}
