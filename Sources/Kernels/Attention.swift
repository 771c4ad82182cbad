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

/// What attention computes: queries [N, heads·size], keys and values [N, kvHeads·size].
package struct AttentionShape: Sendable, Equatable {
    package var heads: Int
    package var kvHeads: Int
    package var size: Int
    /// What products of queries and keys are multiplied by.
    package var scale: Float
    /// The most that a scaled product can come to, by cap · tanh(product / cap); nil for no limit.
    package var softCap: Float?
    /// How many keys a row sees, its own included; nil for all before it.
    package var window: Int?

    /// A scale of nil is 1/√size.
    package init(
        heads: Int, kvHeads: Int, size: Int, scale: Float? = nil, softCap: Float? = nil,
        window: Int? = nil
    ) {
        self.heads = heads
        self.kvHeads = kvHeads
        self.size = size
        self.scale = scale ?? 1 / Float(size).squareRoot()
        self.softCap = softCap
        self.window = window
    }

    var queryStride: Int { heads * size }
    var keyStride: Int { kvHeads * size }
    var group: Int { heads / kvHeads }
    /// The scale that is left to the softmax after the cap.
    var softmaxScale: Float { softCap == nil ? scale : 1 }

    /// The first key that the row at a position sees, perhaps below 0.
    func firstKey(of position: Int) -> Int { window.map { position + 1 - $0 } ?? 0 }

    /// Keys that `count` rows see in all, the first of them at a position.
    package func keysSeen(from position: Int, count: Int) -> Int {
        let growing = max(0, min(count, (window ?? .max) - position))
        return growing * position + growing * (growing + 1) / 2 + (count - growing) * (window ?? 0)
    }
}

/// Causal grouped-query attention, softmax(scale·QKᵀ)V per head, in blocks of query rows: the
/// masked half is skipped and no more than one block of scores exists per thread.
///
/// The log of the softmax denominator is kept per row and head, from which the backward pass makes
/// the probabilities again (Dao et al. 2022, arXiv 2205.14135).
package enum Attention {
    /// Query rows per block.
    static let block = 64

    /// Floats of scratch that one worker needs for segments of up to `longest` keys.
    package static func scratchCount(longest: Int, _ shape: AttentionShape) -> Int {
        (shape.softCap == nil ? 2 : 3) * block * longest
    }

    /// - Shapes: q, out [N, heads·size]; k, v [N, kvHeads·size]; lse [N, heads], overwritten.
    package static func forward(
        q: UnsafePointer<Float>, k: UnsafePointer<Float>, v: UnsafePointer<Float>,
        out: UnsafeMutablePointer<Float>, lse: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, longest: Int,
        segments: UnsafeBufferPointer<AttentionSegment>, shape: AttentionShape
    ) {
        let perWorker = scratchCount(longest: longest, shape)
        Workers.run(segments.count * shape.heads) { index, worker in
            let segment = segments[index / shape.heads]
            let head = index % shape.heads
            let keys = head / shape.group * shape.size
            for first in stride(from: 0, to: segment.count, by: block) {
                let row = segment.start + first
                let rows = min(block, segment.count - first)
                let visible = BlockOfRows(
                    segment, first: first, rows: rows, scores: scratch + worker * perWorker, shape)
                let queries = q + row * shape.queryStride + head * shape.size
                visible.products(
                    of: queries, stride: shape.queryStride, with: k + keys,
                    into: visible.scores, shape)
                visible.cap(slope: nil, shape)
                lk_causal_softmax(
                    visible.scores, rows, visible.columns, visible.columns, visible.firstBegin,
                    visible.firstEnd, shape.softmaxScale, lse + row * shape.heads + head,
                    shape.heads)
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
        let perWorker = scratchCount(longest: longest, shape)
        Workers.run(segments.count * shape.kvHeads) { index, worker in
            let segment = segments[index / shape.kvHeads]
            let keyHead = index % shape.kvHeads
            let keys = keyHead * shape.size
            for head in keyHead * shape.group..<(keyHead + 1) * shape.group {
                for first in stride(from: 0, to: segment.count, by: block) {
                    let rows = min(block, segment.count - first)
                    let visible = BlockOfRows(
                        segment, first: first, rows: rows, scores: scratch + worker * perWorker,
                        shape)
                    let gradients = visible.scores + visible.count
                    let slopes = shape.softCap.map { _ in gradients + visible.count }
                    let row = segment.start + first
                    let offset = row * shape.queryStride + head * shape.size
                    visible.products(
                        of: q + offset, stride: shape.queryStride, with: k + keys,
                        into: visible.scores, shape)
                    visible.cap(slope: slopes, shape)
                    lk_causal_probabilities(
                        visible.scores, rows, visible.columns, visible.columns,
                        visible.firstBegin, visible.firstEnd, shape.softmaxScale,
                        lse + row * shape.heads + head, shape.heads)
                    visible.products(
                        of: dOut + offset, stride: shape.queryStride, with: v + keys,
                        into: gradients, shape)
                    visible.accumulate(
                        visible.scores, rowsOf: dOut + offset, into: dv + keys, shape)
                    lk_softmax_backward(
                        visible.scores, gradients, dOut + offset, out + offset, rows,
                        visible.columns, visible.columns, shape.size, shape.queryStride,
                        shape.softmaxScale)
                    if let slopes { lk_multiply(gradients, slopes, visible.count) }
                    visible.mix(k + keys, weights: gradients, into: dq + offset, shape)
                    visible.accumulate(gradients, rowsOf: q + offset, into: dk + keys, shape)
                }
            }
        }
    }
}

/// A block of query rows with the keys it sees: first of the prefix, then of the segment's own rows.
private struct BlockOfRows {
    let rows: Int
    /// Scratch [rows, columns].
    let scores: UnsafeMutablePointer<Float>
    /// First row and number of rows of the prefix, and of the segment itself, that any row sees.
    private let prefix: (start: Int, count: Int)
    private let own: (start: Int, count: Int)
    /// Columns that the block's first row sees; the beginning may be below 0.
    let firstBegin: Int
    let firstEnd: Int

    init(
        _ segment: AttentionSegment, first: Int, rows: Int, scores: UnsafeMutablePointer<Float>,
        _ shape: AttentionShape
    ) {
        self.rows = rows
        self.scores = scores
        let position = segment.prefixCount + first
        let hidden = max(0, shape.firstKey(of: position))
        let hiddenPrefix = min(hidden, segment.prefixCount)
        let hiddenOwn = hidden - hiddenPrefix
        prefix = (segment.prefixStart + hiddenPrefix, segment.prefixCount - hiddenPrefix)
        own = (segment.start + hiddenOwn, first + rows - hiddenOwn)
        firstBegin = shape.window == nil ? -rows : shape.firstKey(of: position) - hidden
        firstEnd = position + 1 - hidden
    }

    var columns: Int { prefix.count + own.count }
    var count: Int { rows * columns }

    /// Caps the scores where the shape has a cap.
    func cap(slope: UnsafeMutablePointer<Float>?, _ shape: AttentionShape) {
        guard let cap = shape.softCap else { return }
        lk_soft_cap(scores, shape.scale, cap, slope, count)
    }

    /// target[rows, columns] = x[rows, size] · keysᵀ.
    func products(
        of x: UnsafePointer<Float>, stride: Int, with keys: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, _ shape: AttentionShape
    ) {
        let left = MatrixOperand(x, stride: stride)
        if prefix.count > 0 {
            Gemm.single(
                left, operand(keys, prefix.start, shape, transposed: true), into: target,
                shape: (rows, shape.size, prefix.count), stride: columns, 1, 0)
        }
        Gemm.single(
            left, operand(keys, own.start, shape, transposed: true), into: target + prefix.count,
            shape: (rows, shape.size, own.count), stride: columns, 1, 0)
    }

    /// target[rows, size] = weights[rows, columns] · values.
    func mix(
        _ values: UnsafePointer<Float>, weights: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, _ shape: AttentionShape
    ) {
        if prefix.count > 0 {
            Gemm.single(
                MatrixOperand(weights, stride: columns), operand(values, prefix.start, shape),
                into: target, shape: (rows, prefix.count, shape.size), stride: shape.queryStride,
                1, 0)
        }
        Gemm.single(
            MatrixOperand(weights + prefix.count, stride: columns),
            operand(values, own.start, shape), into: target,
            shape: (rows, own.count, shape.size), stride: shape.queryStride, 1,
            prefix.count > 0 ? 1 : 0)
    }

    /// target[own, size] += weights[rows, own]ᵀ · x[rows, size], for the segment's own keys.
    func accumulate(
        _ weights: UnsafePointer<Float>, rowsOf x: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>, _ shape: AttentionShape
    ) {
        Gemm.single(
            MatrixOperand(weights, stride: columns, transposed: true),
            MatrixOperand(x, stride: shape.queryStride),
            into: target + own.start * shape.keyStride, shape: (own.count, rows, shape.size),
            stride: shape.keyStride, 1, 1)
    }

    private func operand(
        _ base: UnsafePointer<Float>, _ row: Int, _ shape: AttentionShape, transposed: Bool = false
    ) -> MatrixOperand {
        MatrixOperand(
            base + row * shape.keyStride, stride: shape.keyStride, transposed: transposed)
    }
}
