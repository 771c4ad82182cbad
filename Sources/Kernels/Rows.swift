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

    /// y = x · rstd · (offset + gain) with rstd = 1/√(mean(x²) + ε)  (Zhang & Sennrich 2019, arXiv
    /// 1910.07467).
    ///
    /// - Shapes: x, y [N, C]; gain [C]; rstd [N], saved for the backward pass.
    package static func rmsNorm(
        _ x: UnsafePointer<Float>, gain: UnsafePointer<Float>, offset: Float = 0,
        into y: UnsafeMutablePointer<Float>, rstd: UnsafeMutablePointer<Float>, rows: Int,
        channels: Int, epsilon: Float
    ) {
        split(rows, channels) { part in
            let start = part.lowerBound * channels
            lk_rms_norm(
                x + start, gain, offset, y + start, rstd + part.lowerBound, part.count, channels,
                epsilon)
        }
    }

    /// Gradient of `rmsNorm`.
    ///
    /// `dx` accumulates when asked, else is overwritten; `dGain`, if given, holds one partial row
    /// for each of the 8 possible parts and is overwritten.
    package static func rmsNormBackward(
        _ dy: UnsafePointer<Float>, x: UnsafePointer<Float>, gain: UnsafePointer<Float>,
        offset: Float = 0, rstd: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>,
        accumulate: Bool, dGain: UnsafeMutablePointer<Float>?, rows: Int, channels: Int
    ) {
        dGain?.update(repeating: 0, count: gainParts * channels)
        splitInParts(rows) { index, start, count in
            let first = start * channels
            lk_rms_norm_backward(
                dy + first, x + first, gain, offset, rstd + start, dx + first, accumulate,
                dGain.map { $0 + index * channels }, count, channels)
        }
    }

    /// The number of partial rows that the gradients of gains and biases are summed in.
    package static let gainParts = 8

    private static func splitInParts(
        _ rows: Int, _ body: (_ index: Int, _ start: Int, _ count: Int) -> Void
    ) {
        let size = (rows + gainParts - 1) / gainParts
        Workers.run(gainParts) { index, _ in
            let start = min(rows, index * size)
            body(index, start, min(rows, start + size) - start)
        }
    }

    /// y = (x − mean) · rstd · gain + bias with rstd = 1/√(variance + ε)  (Ba and others 2016, arXiv
    /// 1607.06450).
    ///
    /// - Shapes: x, y [N, C]; gain, bias [C]; mean, rstd [N], saved for the backward pass.
    package static func layerNorm(
        _ x: UnsafePointer<Float>, gain: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>, mean: UnsafeMutablePointer<Float>,
        rstd: UnsafeMutablePointer<Float>, rows: Int, channels: Int, epsilon: Float
    ) {
        split(rows, channels) { part in
            let (row, start) = (part.lowerBound, part.lowerBound * channels)
            lk_layer_norm(
                x + start, gain, bias, y + start, mean + row, rstd + row, part.count, channels,
                epsilon)
        }
    }

    /// Gradient of `layerNorm`.
    ///
    /// `dx` accumulates when asked, else is overwritten; `dGain` and `dBias`, if given, hold
    /// `gainParts` partial rows each and are overwritten.
    package static func layerNormBackward(
        _ dy: UnsafePointer<Float>, x: UnsafePointer<Float>, gain: UnsafePointer<Float>,
        mean: UnsafePointer<Float>, rstd: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>,
        accumulate: Bool, dGain: UnsafeMutablePointer<Float>?,
        dBias: UnsafeMutablePointer<Float>?, rows: Int, channels: Int
    ) {
        dGain?.update(repeating: 0, count: gainParts * channels)
        dBias?.update(repeating: 0, count: gainParts * channels)
        splitInParts(rows) { index, start, count in
            let first = start * channels
            lk_layer_norm_backward(
                dy + first, x + first, gain, mean + start, rstd + start, dx + first, accumulate,
                dGain.map { $0 + index * channels }, dBias.map { $0 + index * channels }, count,
                channels)
        }
    }

    /// Rotates the first `rotated` channels of every head of x [N, heads·size] by its row's position,
    /// in Llama's rotate-half pairing.
    ///
    /// A `sign` of -1 undoes it, which is also the gradient (RoPE: Su and others 2021, 2104.09864).
    package static func rotate(
        _ x: UnsafeMutablePointer<Float>, positions: UnsafePointer<Int32>,
        cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>, sign: Float,
        rows: Int, heads: Int, size: Int, rotated: Int? = nil
    ) {
        split(rows, heads * size) { part in
            lk_rope(
                x + part.lowerBound * heads * size, positions + part.lowerBound, cosine, sine, sign,
                part.count, heads, size, (rotated ?? size) / 2)
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
