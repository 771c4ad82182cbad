internal import CKernels

/// One run of query rows and the key rows they may see.
///
/// Row i of the segment sees the whole prefix and the segment's own rows up to i.
package struct AttentionSegment: Sendable, Equatable {
    /// First row and number of rows of the segment.
    package var start: Int
    package var count: Int
    /// Rows that come before the segment in its text (a prompt shared with others); may be empty.
    package var prefixStart: Int
    package var prefixCount: Int

    package init(start: Int, count: Int, prefixStart: Int = 0, prefixCount: Int = 0) {
        self.start = start
        self.count = count
        self.prefixStart = prefixStart
        self.prefixCount = prefixCount
    }
}

/// Sizes of the heads: queries [N, heads·size], keys and values [N, kvHeads·size].
package struct AttentionShape: Sendable, Equatable {
    package var heads: Int
    package var kvHeads: Int
    package var size: Int

    package init(heads: Int, kvHeads: Int, size: Int) {
        self.heads = heads
        self.kvHeads = kvHeads
        self.size = size
    }

    var queryStride: Int { heads * size }
    var keyStride: Int { kvHeads * size }
    var group: Int { heads / kvHeads }
    var scale: Float { 1 / Float(size).squareRoot() }
}

/// Causal grouped-query attention, softmax(QKᵀ/√size)V per head, in blocks of query rows: the
/// masked half is skipped and no more than one block of scores exists per thread.
///
/// The log of the softmax denominator is kept per row and head, from which the backward pass makes
/// the probabilities again (Dao et al. 2022, arXiv 2205.14135).
package enum Attention {
    /// Query rows per block.
    static let block = 64

    /// Floats of scratch that one worker needs for segments of up to `longest` keys.
    package static func scratchCount(longest: Int) -> Int { 2 * block * longest }

    /// - Shapes: q, out [N, heads·size]; k, v [N, kvHeads·size]; lse [N, heads], overwritten.
    package static func forward(
        q: UnsafePointer<Float>, k: UnsafePointer<Float>, v: UnsafePointer<Float>,
        out: UnsafeMutablePointer<Float>, lse: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, longest: Int,
        segments: UnsafeBufferPointer<AttentionSegment>, shape: AttentionShape
    ) {
        let perWorker = scratchCount(longest: longest)
        Workers.run(segments.count * shape.heads) { index, worker in
            let segment = segments[index / shape.heads]
            let head = index % shape.heads
            let keys = head / shape.group * shape.size
            for first in stride(from: 0, to: segment.count, by: block) {
                let row = segment.start + first
                let rows = min(block, segment.count - first)
                let visible = BlockOfRows(
                    segment: segment, first: first, rows: rows,
                    scores: scratch + worker * perWorker)
                let queries = q + row * shape.queryStride + head * shape.size
                visible.products(
                    of: queries, stride: shape.queryStride, with: k + keys,
                    into: visible.scores, shape)
                lk_causal_softmax(
                    visible.scores, rows, visible.columns, visible.columns,
                    visible.firstLength, shape.scale, lse + row * shape.heads + head, shape.heads)
                visible.mix(
                    v + keys, weights: visible.scores,
                    into: out + row * shape.queryStride + head * shape.size, shape)
            }
        }
    }

    /// Gradients of `forward` for segments without prefix.
    ///
    /// dq is overwritten; dk and dv must be zero before and accumulate.
    package static func backward(
        dOut: UnsafePointer<Float>, out: UnsafePointer<Float>, lse: UnsafePointer<Float>,
        q: UnsafePointer<Float>, k: UnsafePointer<Float>, v: UnsafePointer<Float>,
        dq: UnsafeMutablePointer<Float>, dk: UnsafeMutablePointer<Float>,
        dv: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>, longest: Int,
        segments: UnsafeBufferPointer<AttentionSegment>, shape: AttentionShape
    ) {
        let perWorker = scratchCount(longest: longest)
        Workers.run(segments.count * shape.kvHeads) { index, worker in
            let segment = segments[index / shape.kvHeads]
            let keyHead = index % shape.kvHeads
            let keys = keyHead * shape.size
            for head in keyHead * shape.group..<(keyHead + 1) * shape.group {
                for first in stride(from: 0, to: segment.count, by: block) {
                    let rows = min(block, segment.count - first)
                    let visible = BlockOfRows(
                        segment: segment, first: first, rows: rows,
                        scores: scratch + worker * perWorker)
                    let gradients = visible.scores + rows * visible.columns
                    let row = segment.start + first
                    let offset = row * shape.queryStride + head * shape.size
                    visible.products(
                        of: q + offset, stride: shape.queryStride, with: k + keys,
                        into: visible.scores, shape)
                    lk_causal_probabilities(
                        visible.scores, rows, visible.columns, visible.columns,
                        visible.firstLength, shape.scale, lse + row * shape.heads + head,
                        shape.heads)
                    visible.products(
                        of: dOut + offset, stride: shape.queryStride, with: v + keys,
                        into: gradients, shape)
                    visible.accumulate(
                        visible.scores, rowsOf: dOut + offset, into: dv + keys, shape)
                    lk_softmax_backward(
                        visible.scores, gradients, dOut + offset, out + offset, rows,
                        visible.columns, visible.columns, shape.size, shape.queryStride,
                        shape.scale)
                    visible.mix(k + keys, weights: gradients, into: dq + offset, shape)
                    visible.accumulate(gradients, rowsOf: q + offset, into: dk + keys, shape)
                }
            }
        }
    }
}

/// A block of query rows with the keys it sees: first the prefix, then the segment's own rows.
private struct BlockOfRows {
    let segment: AttentionSegment
    let first: Int
    let rows: Int
    /// Scratch [rows, columns].
    let scores: UnsafeMutablePointer<Float>

    var own: Int { first + rows }
    var columns: Int { segment.prefixCount + own }
    /// Keys that the block's first row sees.
    var firstLength: Int { segment.prefixCount + first + 1 }

    /// target[rows, columns] = x[rows, size] · keysᵀ.
    func products(
        of x: UnsafePointer<Float>, stride: Int, with keys: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, _ shape: AttentionShape
    ) {
        let left = MatrixOperand(x, stride: stride)
        if segment.prefixCount > 0 {
            Gemm.single(
                left, operand(keys, segment.prefixStart, shape, transposed: true), into: target,
                shape: (rows, shape.size, segment.prefixCount), stride: columns, 1, 0)
        }
        Gemm.single(
            left, operand(keys, segment.start, shape, transposed: true),
            into: target + segment.prefixCount, shape: (rows, shape.size, own), stride: columns,
            1, 0)
    }

    /// target[rows, size] = weights[rows, columns] · values.
    func mix(
        _ values: UnsafePointer<Float>, weights: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, _ shape: AttentionShape
    ) {
        let prefix = segment.prefixCount
        if prefix > 0 {
            Gemm.single(
                MatrixOperand(weights, stride: columns),
                operand(values, segment.prefixStart, shape), into: target,
                shape: (rows, prefix, shape.size), stride: shape.queryStride, 1, 0)
        }
        Gemm.single(
            MatrixOperand(weights + prefix, stride: columns),
            operand(values, segment.start, shape), into: target,
            shape: (rows, own, shape.size), stride: shape.queryStride, 1, prefix > 0 ? 1 : 0)
    }

    /// target[own, size] += weights[rows, own]ᵀ · x[rows, size], for the segment's own keys.
    func accumulate(
        _ weights: UnsafePointer<Float>, rowsOf x: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, _ shape: AttentionShape
    ) {
        Gemm.single(
            MatrixOperand(weights, stride: columns, transposed: true),
            MatrixOperand(x, stride: shape.queryStride),
            into: target + segment.start * shape.keyStride, shape: (own, rows, shape.size),
            stride: shape.keyStride, 1, 1)
    }

    private func operand(
        _ base: UnsafePointer<Float>, _ row: Int, _ shape: AttentionShape, transposed: Bool = false
    ) -> MatrixOperand {
        MatrixOperand(
            base + row * shape.keyStride, stride: shape.keyStride, transposed: transposed)
    }
}
