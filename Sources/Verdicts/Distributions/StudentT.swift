internal import Foundation

/// Student's t distribution; the degrees of freedom need not be whole.
package struct StudentT: Sendable {
    /// Above 0.
    package let degrees: Double

    package init(degrees: Double) {
        precondition(degrees > 0, "StudentT: \(degrees) degrees of freedom")
        self.degrees = degrees
    }

    /// P(T > t).
    package func upperTail(_ t: Double) -> Double {
        guard t.isFinite else { return t == .infinity ? 0 : t == -.infinity ? 1 : .nan }
        let x = degrees / (degrees + t * t)
        let half = IncompleteBeta(a: degrees / 2, b: 0.5).regularised(x) / 2
        return t >= 0 ? half : 1 - half
    }

    /// The t with P(T ≤ t) = p; infinite at 0 and 1, `nan` outside.
    ///
    /// Bisection of `upperTail`: it has no start that can go wrong, and is used a few times a verdict.
    package func quantile(_ p: Double) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        if p < 0.5 { return -quantile(1 - p) }
        let tail = 1 - p
        var (low, high) = (0.0, 1.0)
        while upperTail(high) > tail { (low, high) = (high, high * 2) }
        while case let middle = low + (high - low) / 2, middle > low, middle < high {
            if upperTail(middle) > tail { low = middle } else { high = middle }
        }
        return high
    }
}

/// The incomplete beta function.
struct IncompleteBeta {
    let a: Double
    let b: Double

    /// I_x(a, b) = 1/B(a, b) · ∫₀ˣ t^(a−1) (1−t)^(b−1) dt, for x in 0...1.
    ///
    /// By the continued fraction on the side where it converges fast; the other by symmetry,
    /// I_x(a, b) = 1 − I_(1−x)(b, a) (Abramowitz and Stegun 26.5.2, 26.5.8).
    func regularised(_ x: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let logarithm = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
        return x < (a + 1) / (a + b + 2)
            ? exp(logarithm) * fraction(x) / a
            : 1 - exp(logarithm) * IncompleteBeta(a: b, b: a).fraction(1 - x) / b
    }

    /// The continued fraction by Lentz's method.
    private func fraction(_ x: Double) -> Double {
        let tiny = 1e-300
        let apart = { (value: Double) in abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / apart(1 - (a + b) * x / (a + 1))
        var result = d
        for m in 1...10_000 {
            var change = 1.0
            for coefficient in coefficients(Double(m), x) {
                d = 1 / apart(1 + coefficient * d)
                c = apart(1 + coefficient / c)
                change = c * d
                result *= change
            }
            if abs(change - 1) < 1e-15 { break }
        }
        return result
    }

    private func coefficients(_ m: Double, _ x: Double) -> [Double] {
        [
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ]
    }
}
