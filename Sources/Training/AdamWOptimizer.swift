internal import Kernels
package import Tensors

/// AdamW's constants.
package struct AdamWSettings: Codable, Sendable, Equatable {
    package var beta1: Double
    package var beta2: Double
    package var epsilon: Double
    /// Multiplied by the learning rate at every step, as in PyTorch.
    package var weightDecay: Double

    package init(
        beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
    ) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }
}

/// AdamW over a fixed list of parameters (Loshchilov & Hutter 2019, arXiv 1711.05101).
package final class AdamWOptimizer {
    /// Both moments of one parameter.
    package struct Moments {
        package let first: Storage
        package let second: Storage
    }

    package let settings: AdamWSettings
    package let parameters: [Parameter]
    package let moments: [Moments]
    /// Steps taken.
    package var step = 0

    /// - Throws: `TensorError.outOfMemory`.
    package init(_ parameters: [Parameter], settings: AdamWSettings) throws(TensorError) {
        self.parameters = parameters
        self.settings = settings
        var moments: [Moments] = []
        for parameter in parameters {
            moments.append(
                Moments(
                    first: try Storage(count: parameter.count),
                    second: try Storage(count: parameter.count)))
        }
        self.moments = moments
    }

    /// Forgets everything, as if no step had been taken.
    package func reset() {
        step = 0
        for moments in moments {
            for storage in [moments.first, moments.second] {
                storage.base.update(repeating: 0, count: storage.count)
            }
        }
    }

    /// L2 norm of all gradients together; NaN or infinite when any of them is.
    package func gradientNorm() -> Double {
        parameters.reduce(0) { sum, parameter in
            guard let gradient = parameter.gradient else { return sum }
            return sum + Elementwise.sumOfSquares(gradient, count: parameter.count)
        }.squareRoot()
    }

    /// Updates every parameter that has a gradient, each at the learning rate times its own factor.
    package func update(learningRate: Double, gradientScale: Double) {
        step += 1
        var update = AdamWStep(
            learningRate: Float(learningRate), beta1: Float(settings.beta1),
            beta2: Float(settings.beta2), epsilon: Float(settings.epsilon),
            weightDecay: Float(settings.weightDecay), step: step,
            gradientScale: Float(gradientScale))
        for (parameter, moments) in zip(parameters, moments) {
            guard let gradient = parameter.gradient else { continue }
            update.learningRate = Float(learningRate * parameter.learningRateFactor)
            update.apply(
                to: parameter.values, gradient: gradient, firstMoment: moments.first.base,
                secondMoment: moments.second.base, count: parameter.count)
        }
    }
}
