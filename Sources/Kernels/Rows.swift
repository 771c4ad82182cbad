internal import CKernels

/// Row-wise operations, split over the pool.
///
/// Letters in shapes: N rows, C channels.
package enum Rows {
    /// Elements below which a part is not worth a thread.
    static let grain = 16_384

    static func split(_ rows: Int, _ channels: Int, _ body: (Range<Int>) -> Void) {
        Workers.split(rows, grain: max(1, grain / max(1, channels)), body)
    }

    /// y = x · rstd · gain with rstd = 1/√(mean(x²) + ε)  (Zhang & Sennrich 2019, arXiv 1910.07467).
    ///
    /// - Shapes: x, y [N, C]; gain [C]; rstd [N], saved for the backward pass.
    package static func rmsNorm(
        _ x: UnsafePointer<Float>, gain: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
        rstd: UnsafeMutablePointer<Float>, rows: Int, channels: Int, epsilon: Float
    ) {
        split(rows, channels) { part in
            let offset = part.lowerBound * channels
            lk_rms_norm(
                x + offset, gain, y + offset, rstd + part.lowerBound, part.count, channels, epsilon)
        }
    }

    /// Gradient of `rmsNorm`.
    ///
    /// `dx` accumulates when asked, else is overwritten; `dGain`, if given, holds one partial row
    /// for each of the 8 possible parts and is overwritten.
    package static func rmsNormBackward(
        _ dy: UnsafePointer<Float>, x: UnsafePointer<Float>, gain: UnsafePointer<Float>,
        rstd: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool,
        dGain: UnsafeMutablePointer<Float>?, rows: Int, channels: Int
    ) {
        let parts = 8
        let size = (rows + parts - 1) / parts
        dGain?.update(repeating: 0, count: parts * channels)
        Workers.run(parts) { index, _ in
            let start = min(rows, index * size)
            let count = min(rows, start + size) - start
            let offset = start * channels
            lk_rms_norm_backward(
                dy + offset, x + offset, gain, rstd + start, dx + offset, accumulate,
                dGain.map { $0 + index * channels }, count, channels)
        }
    }

    /// The number of partial rows that `rmsNormBackward` writes.
    package static let gainParts = 8

    /// Rotates every head of x [N, heads·size] by its row's position, in Llama's rotate-half pairing.
    ///
    /// A `sign` of -1 undoes it, which is also the gradient (RoPE: Su and others 2021, 2104.09864).
    package static func rotate(
        _ x: UnsafeMutablePointer<Float>, positions: UnsafePointer<Int32>,
        cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>, sign: Float,
        rows: Int, heads: Int, size: Int
    ) {
        split(rows, heads * size) { part in
            lk_rope(
                x + part.lowerBound * heads * size, positions + part.lowerBound, cosine, sine, sign,
                part.count, heads, size)
        }
    }

    /// y[i] = table[indices[i]].
    package static func gather(
        _ table: UnsafePointer<Float>, indices: UnsafePointer<Int32>,
        into y: UnsafeMutablePointer<Float>, rows: Int, channels: Int
    ) {
        split(rows, channels) { part in
            lk_gather_rows(
                table, indices + part.lowerBound, y + part.lowerBound * channels, part.count,
                channels)
        }
    }

    /// table[indices[i]] += scale · y[i], in order, on the calling thread (indices may repeat).
    package static func scatterAdd(
        _ y: UnsafePointer<Float>, indices: UnsafePointer<Int32>,
        into table: UnsafeMutablePointer<Float>, scale: Float = 1, rows: Int, channels: Int
    ) {
        lk_scatter_add_rows(table, indices, y, scale, rows, channels)
    }

    /// Σⱼ x[i,j] · y[i,j] of every row, in double precision.
    package static func dotProducts(
        _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, rows: Int, channels: Int
    ) -> [Double] {
        (0..<rows).map { row in
            var sum = 0.0
            for index in row * channels..<(row + 1) * channels {
                sum += Double(x[index]) * Double(y[index])
            }
            return sum
        }
    }
}
