internal import CKernels

/// Operations on every element, split over the pool.
package enum Elementwise {
    private static func split(_ count: Int, _ body: (Range<Int>) -> Void) {
        Workers.split(count, grain: Rows.grain, body)
    }

    /// y += a · x.
    package static func accumulate(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, scale: Float = 1, count: Int
    ) {
        split(count) { lk_axpy(y + $0.lowerBound, x + $0.lowerBound, scale, $0.count) }
    }

    /// y *= x.
    package static func multiply(
        _ y: UnsafeMutablePointer<Float>, by x: UnsafePointer<Float>, count: Int
    ) {
        split(count) { lk_multiply(y + $0.lowerBound, x + $0.lowerBound, $0.count) }
    }

    /// x = cap · tanh(scale · x / cap), so that no value is beyond the cap (Gemma 2, arXiv
    /// 2408.00118); `slope`, if given, is the derivative.
    package static func softCap(
        _ x: UnsafeMutablePointer<Float>, scale: Float = 1, cap: Float,
        slope: UnsafeMutablePointer<Float>? = nil, count: Int
    ) {
        split(count) { part in
            let start = part.lowerBound
            lk_soft_cap(x + start, scale, cap, slope.map { $0 + start }, part.count)
        }
    }

    /// y *= a.
    package static func scale(_ y: UnsafeMutablePointer<Float>, by factor: Float, count: Int) {
        split(count) { lk_scale(y + $0.lowerBound, factor, $0.count) }
    }

    /// out = silu(gate) · up  (Shazeer 2020, arXiv 2002.05202).
    package static func swiGLU(
        gate: UnsafePointer<Float>, up: UnsafePointer<Float>,
        into out: UnsafeMutablePointer<Float>, count: Int
    ) {
        split(count) { part in
            let start = part.lowerBound
            lk_swiglu(gate + start, up + start, out + start, part.count)
        }
    }

    /// Gradient of `swiGLU`, overwriting dGate and dUp.
    package static func swiGLUBackward(
        _ dOut: UnsafePointer<Float>, gate: UnsafePointer<Float>, up: UnsafePointer<Float>,
        dGate: UnsafeMutablePointer<Float>, dUp: UnsafeMutablePointer<Float>, count: Int
    ) {
        split(count) { part in
            let start = part.lowerBound
            lk_swiglu_backward(
                dOut + start, gate + start, up + start, dGate + start, dUp + start, part.count)
        }
    }

    /// y = x / keep where a counter-based generator keeps the element, else 0.
    ///
    /// The mask depends on the seed and the element's index alone, so the gradient is the same
    /// function of dy.
    package static func dropout(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, keep: Float, seed: UInt64,
        accumulate: Bool = false, count: Int
    ) {
        split(count) { part in
            let start = part.lowerBound
            lk_dropout(x + start, y + start, keep, seed, UInt64(start), accumulate, part.count)
        }
    }

    /// Sum of squares in double precision, over parts that do not depend on the thread count.
    package static func sumOfSquares(_ x: UnsafePointer<Float>, count: Int) -> Double {
        let part = 1 << 18
        let parts = (count + part - 1) / part
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, parts)) { sums in
            let base = UnsafeMutableBufferPointer(rebasing: sums[..<max(1, parts)])
            base.initialize(repeating: 0)
            let pointer = base.baseAddress
            Workers.run(parts) { index, _ in
                let start = index * part
                pointer?[index] = lk_sum_squares(x + start, min(part, count - start))
            }
            return base.reduce(0, +)
        }
    }

    /// Whether no element is infinite or NaN: those, and only they, have all bits of the exponent,
    /// and one more at its lowest place runs over into the sign.
    package static func areFinite(_ x: UnsafePointer<Float>, count: Int) -> Bool {
        var carried: UInt32 = 0
        for index in 0..<count {
            carried |= (x[index].bitPattern & 0x7FFF_FFFF) &+ 0x0080_0000
        }
        return carried & 0x8000_0000 == 0
    }

    /// Index of the largest element, the first among equals.
    package static func argmax(_ x: UnsafePointer<Float>, count: Int) -> Int {
        lk_argmax(x, count)
    }
}
