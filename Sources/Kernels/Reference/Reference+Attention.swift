extension Reference {
    /// Causal grouped-query attention within segments, row by row: softmax(scale·q·Kᵀ)·V over the
    /// segment's prefix and its own rows so far, or the last of them that the window shows.
    ///
    /// - Shapes: q, result [N, heads·size]; k, v [N, kvHeads·size].
    package static func attention(
        q: [Double], k: [Double], v: [Double], segments: [AttentionSegment], shape: AttentionShape
    ) -> [Double] {
        var out = [Double](repeating: 0, count: q.count)
        for segment in segments {
            let prefix = segment.prefixStart..<segment.prefixStart + segment.prefixCount
            for row in segment.start..<segment.start + segment.count {
                let before = Array(prefix) + Array(segment.start...row)
                let visible = before.suffix(shape.window ?? before.count)
                for head in 0..<shape.heads {
                    let query = slice(q, row, head, shape.heads, shape.size)
                    let keyHead = head * shape.kvHeads / shape.heads
                    let weights = softmax(
                        visible.map { other in
                            let key = slice(k, other, keyHead, shape.kvHeads, shape.size)
                            let score = dot(query, key)
                            return shape.softCap.map {
                                softCap(score, scale: Double(shape.scale), cap: Double($0)).value
                            } ?? score * Double(shape.scale)
                        })
                    for (other, weight) in zip(visible, weights) {
                        let value = slice(v, other, keyHead, shape.kvHeads, shape.size)
                        for i in 0..<shape.size {
                            out[(row * shape.heads + head) * shape.size + i] += weight * value[i]
                        }
                    }
                }
            }
        }
        return out
    }

    /// One head of one row.
    private static func slice(
        _ x: [Double], _ row: Int, _ head: Int, _ heads: Int, _ size: Int
    ) -> [Double] {
        let start = (row * heads + head) * size
        return Array(x[start..<start + size])
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
