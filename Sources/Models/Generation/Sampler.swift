internal import Kernels

/// Chooses a token from logits.
package struct Sampler: Sendable, Equatable {
    /// 0 always takes the most likely token, the lowest of equally likely ones.
    package var temperature: Float
    /// Tokens are drawn from the likeliest that have this much of the probability together, by
    /// `TokenDraw.weights`; 1 for all.
    package var topP: Float

    package init(temperature: Float, topP: Float = 1) {
        precondition(temperature >= 0, "a temperature of \(temperature)")
        precondition(topP > 0 && topP <= 1, "a top-p of \(topP)")
        self.temperature = temperature
        self.topP = topP
    }

    package static let greedy = Sampler(temperature: 0)

    /// A token drawn from softmax(logits / temperature), cut at `topP`.
    package func choose(
        _ logits: UnsafeBufferPointer<Float>, using generator: inout some RandomNumberGenerator
    ) -> Int32 {
        guard let base = logits.baseAddress else { preconditionFailure("no logits") }
        let best = { Int32(Elementwise.argmax(base, count: logits.count)) }
        guard temperature > 0 else { return best() }
        let weights = TokenDraw.weights(
            base, count: logits.count, temperature: temperature, topP: topP)
        let share = Double(generator.next() >> 11) * 0x1p-53
        return TokenDraw.place(of: share, in: weights).map { Int32($0) } ?? best()
    }
}
