internal import Foundation

extension Reference {
    /// A parameter's value with both moments.
    package struct AdamWState: Equatable {
        package var value: Double
        package var first = 0.0
        package var second = 0.0

        package init(value: Double) { self.value = value }
    }

    /// One step of AdamW (arXiv 1711.05101, algorithm 2, with decay multiplied by the rate):
    /// w ← w·(1 − ηλ) − η·m̂ / (√v̂ + ε).
    package static func adamW(
        _ state: AdamWState, gradient: Double, settings: AdamWStep
    ) -> AdamWState {
        let (beta1, beta2) = (Double(settings.beta1), Double(settings.beta2))
        let rate = Double(settings.learningRate)
        let gradient = gradient * Double(settings.gradientScale)
        var new = state
        new.first = beta1 * state.first + (1 - beta1) * gradient
        new.second = beta2 * state.second + (1 - beta2) * gradient * gradient
        let first = new.first / (1 - pow(beta1, Double(settings.step)))
        let second = new.second / (1 - pow(beta2, Double(settings.step)))
        new.value =
            state.value * (1 - rate * Double(settings.weightDecay))
            - rate * first / (second.squareRoot() + Double(settings.epsilon))
        return new
    }

    /// Whether dropout keeps an element: a hash of its index and the seed, as a fraction of 2³²,
    /// is at most `keep`.
    package static func dropoutKeeps(_ index: UInt64, keep: Float, seed: UInt64) -> Bool {
        func mixed(_ value: UInt32) -> UInt32 {
            var value = (value ^ (value >> 16)) &* 0x85EB_CA6B
            value = (value ^ (value >> 13)) &* 0xC2B2_AE35
            return value ^ (value >> 16)
        }
        let (low, high) = (UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32))
        let counter = UInt32(truncatingIfNeeded: index) ^ UInt32(index >> 32)
        let hash = mixed(mixed(counter ^ low) &+ high)
        return hash <= UInt32(Double(keep) * 4_294_967_295)
    }
}
