internal import CKernels

/// A function of one number between two projections.
package enum Activation: String, Sendable, Equatable, CaseIterable {
    /// x / (1 + e⁻ˣ)
    case silu
    /// x · Φ(x), Φ the normal distribution (Hendrycks & Gimpel 2016, arXiv 1606.08415)
    case gelu
    /// x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), of the same paper
    case geluTanh

    /// y = f(x) and slope = f′(x).
    package func values(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
        slope: UnsafeMutablePointer<Float>, count: Int
    ) {
        Workers.split(count, grain: Rows.grain) { part in
            let (start, count) = (part.lowerBound, part.count)
            switch self {
            case .silu: lk_silu(x + start, y + start, slope + start, count)
            case .gelu: lk_gelu(x + start, y + start, slope + start, count)
            case .geluTanh: lk_gelu_tanh(x + start, y + start, slope + start, count)
            }
        }
    }
}
