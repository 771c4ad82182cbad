internal import Foundation

extension Reference {
    /// A parameter's value with both moments.
    package struct AdamWState: Equatable {
        package var value: Double
        package var first = 0.0
        package var second = 0.0

        package init(value: Double) { self.value = value }
    }

    /// One step of AdamW (arXiv 1711.05101, algorithm 2, with decay d):
    /// w ← w·(1 − d) − η·m̂ / (√v̂ + ε).
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
            state.value * (1 - Double(settings.decay))
            - rate * first / (second.squareRoot() + Double(settings.epsilon))
        return new
    }

    /// One step of Lion (arXiv 2302.06675, algorithm 2, with decay d):
    /// w ← w·(1 − d) − η·sign(β₁·m + (1 − β₁)·g), m ← β₂·m + (1 − β₂)·g, with sign(0) = 0.
    package static func lion(
        _ state: (value: Double, momentum: Double), gradient: Double, settings: LionStep
    ) -> (value: Double, momentum: Double) {
        let (beta1, beta2) = (Double(settings.beta1), Double(settings.beta2))
        let gradient = gradient * Double(settings.gradientScale)
        let direction = beta1 * state.momentum + (1 - beta1) * gradient
        let sign: Double = direction == 0 ? 0 : (direction > 0 ? 1 : -1)
        return (
            state.value * (1 - Double(settings.decay)) - Double(settings.learningRate) * sign,
            beta2 * state.momentum + (1 - beta2) * gradient
        )
    }

    /// The sequences x and z of a parameter, with the second moment.
    package struct ScheduleFreeState: Equatable {
        package var x: Double
        package var z: Double
        package var second = 0.0

        package init(value: Double) { (x, z) = (value, value) }

        /// Where the gradient is taken.
        package func y(beta1: Double) -> Double { beta1 * x + (1 - beta1) * z }
    }

    /// One step of schedule-free AdamW (arXiv 2405.15682): v ← β₂·v + (1 − β₂)·g²,
    /// z ← z − η·(g / (√v̂ + ε) + λ·y), x ← (1 − c)·x + c·z.
    package static func scheduleFree(
        _ state: ScheduleFreeState, gradient: Double, settings: ScheduleFreeStep
    ) -> ScheduleFreeState {
        let beta2 = Double(settings.beta2)
        let weight = Double(settings.weight)
        let gradient = gradient * Double(settings.gradientScale)
        var new = state
        new.second = beta2 * state.second + (1 - beta2) * gradient * gradient
        let second = new.second / (1 - pow(beta2, Double(settings.step)))
        let decay = Double(settings.weightDecay) * state.y(beta1: Double(settings.beta1))
        let direction = gradient / (second.squareRoot() + Double(settings.epsilon)) + decay
        new.z = state.z - Double(settings.learningRate) * direction
        new.x = (1 - weight) * state.x + weight * new.z
        return new
    }
}
