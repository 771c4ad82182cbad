internal import Foundation

/// Every operation once more, readable and slow: plain loops over arrays in double precision.
///
/// The vector kernels are tested against these, and a reader finds here what they compute. Matrices
/// are row-major arrays.
package enum Reference {
    /// C = op(A) · op(B) with op(A) [rows, inner] and op(B) [inner, columns].
    package static func product(
        _ a: [Double], _ b: [Double], rows: Int, inner: Int, columns: Int,
        transposing: (a: Bool, b: Bool) = (false, false)
    ) -> [Double] {
        var c = [Double](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                for k in 0..<inner {
                    let left = transposing.a ? a[k * rows + row] : a[row * inner + k]
                    let right = transposing.b ? b[column * inner + k] : b[k * columns + column]
                    c[row * columns + column] += left * right
                }
            }
        }
        return c
    }

    /// log Σ exp(xᵢ).
    package static func logSumExp(_ x: [Double]) -> Double {
        let largest = x.max() ?? -.infinity
        return largest + log(x.reduce(0) { $0 + exp($1 - largest) })
    }

    /// exp(xᵢ) / Σ exp(xⱼ).
    package static func softmax(_ x: [Double]) -> [Double] {
        let total = logSumExp(x)
        return x.map { exp($0 - total) }
    }

    /// y = x / √(mean(x²) + ε) · gain for one row (arXiv 1910.07467).
    package static func rmsNorm(_ x: [Double], gain: [Double], epsilon: Double) -> [Double] {
        let meanSquare = x.reduce(0) { $0 + $1 * $1 } / Double(x.count)
        let scale = 1 / (meanSquare + epsilon).squareRoot()
        return zip(x, gain).map { $0 * scale * $1 }
    }

    /// Gradients of `rmsNorm`: with r = 1/√(mean(x²) + ε), dx = r·g·dy − x·r³·mean(g·dy·x).
    package static func rmsNormBackward(
        _ dy: [Double], x: [Double], gain: [Double], epsilon: Double
    ) -> (dx: [Double], dGain: [Double]) {
        let count = Double(x.count)
        let scale = 1 / (x.reduce(0) { $0 + $1 * $1 } / count + epsilon).squareRoot()
        let mean = x.indices.reduce(0) { $0 + dy[$1] * gain[$1] * x[$1] } / count
        let dx = x.indices.map {
            scale * gain[$0] * dy[$0] - x[$0] * scale * scale * scale * mean
        }
        return (dx, x.indices.map { dy[$0] * x[$0] * scale })
    }

    /// silu(gate) · up, silu(x) = x / (1 + e⁻ˣ).
    package static func swiGLU(gate: Double, up: Double) -> Double {
        gate / (1 + exp(-gate)) * up
    }

    /// Gradients of `swiGLU` for an upstream gradient of 1.
    package static func swiGLUBackward(gate: Double, up: Double) -> (dGate: Double, dUp: Double) {
        let sigmoid = 1 / (1 + exp(-gate))
        return (up * sigmoid * (1 + gate * (1 - sigmoid)), gate * sigmoid)
    }

    /// y = (x − mean) / √(variance + ε) · gain + bias for one row (arXiv 1607.06450).
    package static func layerNorm(
        _ x: [Double], gain: [Double], bias: [Double], epsilon: Double
    ) -> [Double] {
        let mean = x.reduce(0, +) / Double(x.count)
        let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
        let scale = 1 / (variance + epsilon).squareRoot()
        return x.indices.map { (x[$0] - mean) * scale * gain[$0] + bias[$0] }
    }

    /// Gradients of `layerNorm`: with n = (x − mean)·r and r = 1/√(variance + ε),
    /// dx = r·(g·dy − mean(g·dy) − n·mean(g·dy·n)).
    package static func layerNormBackward(
        _ dy: [Double], x: [Double], gain: [Double], epsilon: Double
    ) -> (dx: [Double], dGain: [Double]) {
        let count = Double(x.count)
        let mean = x.reduce(0, +) / count
        let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let scale = 1 / (variance + epsilon).squareRoot()
        let normed = x.map { ($0 - mean) * scale }
        let slopes = x.indices.map { gain[$0] * dy[$0] }
        let sum = slopes.reduce(0, +) / count
        let dot = x.indices.reduce(0) { $0 + slopes[$1] * normed[$1] } / count
        return (
            x.indices.map { scale * (slopes[$0] - sum - normed[$0] * dot) },
            x.indices.map { dy[$0] * normed[$0] }
        )
    }

    /// An activation and its derivative.
    package static func activation(
        _ kind: Activation, _ x: Double
    ) -> (value: Double, slope: Double) {
        switch kind {
        case .silu:
            let sigmoid = 1 / (1 + exp(-x))
            return (x * sigmoid, sigmoid * (1 + x * (1 - sigmoid)))
        case .gelu:
            let below = erfc(-x / 2.0.squareRoot()) / 2
            return (x * below, below + x * exp(-x * x / 2) / (2 * Double.pi).squareRoot())
        case .geluTanh:
            let factor = (2 / Double.pi).squareRoot()
            let t = tanh(factor * (x + 0.044715 * x * x * x))
            let inner = factor * (1 + 3 * 0.044715 * x * x)
            return (x / 2 * (1 + t), (1 + t) / 2 + x / 2 * (1 - t * t) * inner)
        }
    }

    /// cap · tanh(scale · x / cap) and its derivative.
    package static func softCap(
        _ x: Double, scale: Double, cap: Double
    ) -> (value: Double, slope: Double) {
        let t = tanh(scale * x / cap)
        return (cap * t, scale * (1 - t * t))
    }

    /// One head turned by its position: the pair (i, i + size/2) by position · frequency[i]
    /// (arXiv 2104.09864).
    package static func rotate(_ x: [Double], position: Int, frequencies: [Double]) -> [Double] {
        var y = x
        let half = x.count / 2
        for i in 0..<half {
            let angle = Double(position) * frequencies[i]
            y[i] = x[i] * cos(angle) - x[i + half] * sin(angle)
            y[i + half] = x[i + half] * cos(angle) + x[i] * sin(angle)
        }
        return y
    }

    /// −log softmax(logits)[target] and its gradient, softmax(logits) − onehot(target).
    package static func crossEntropy(
        _ logits: [Double], target: Int
    ) -> (loss: Double, gradient: [Double]) {
        var gradient = softmax(logits)
        gradient[target] -= 1
        return (logSumExp(logits) - logits[target], gradient)
    }
}
