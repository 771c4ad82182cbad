internal import Foundation
internal import Kernels

/// Chooses a token from logits.
package struct Sampler: Sendable {
    /// 0 always takes the most likely token.
    package var temperature: Float

    package init(temperature: Float) {
        precondition(temperature >= 0, "a temperature of \(temperature)")
        self.temperature = temperature
    }

    package static let greedy = Sampler(temperature: 0)

    /// A token drawn from softmax(logits / temperature).
    package func choose(
        _ logits: UnsafeBufferPointer<Float>, using generator: inout some RandomNumberGenerator
    ) -> Int32 {
        guard let base = logits.baseAddress else { preconditionFailure("no logits") }
        let best = Elementwise.argmax(base, count: logits.count)
        guard temperature > 0 else { return Int32(best) }
        let largest = logits[best]
        let weights = logits.map { exp(Double(($0 - largest) / temperature)) }
        let total = weights.reduce(0, +)
        var left = Double(generator.next() >> 11) * 0x1p-53 * total
        for (index, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return Int32(index) }
        }
        return Int32(best)
    }
}
