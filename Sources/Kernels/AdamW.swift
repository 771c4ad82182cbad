internal import CKernels

/// One step of AdamW in one pass over a parameter (Loshchilov & Hutter 2019, arXiv 1711.05101).
package struct AdamWStep {
    package var learningRate: Float
    package var beta1: Float
    package var beta2: Float
    package var epsilon: Float
    /// Share of each weight that is taken away.
    package var decay: Float
    /// Steps taken, this one included; 1 at the first.
    package var step: Int
    /// Factor on the gradient, from clipping.
    package var gradientScale: Float

    package init(
        learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, decay: Float, step: Int,
        gradientScale: Float
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.decay = decay
        self.step = step
        self.gradientScale = gradientScale
    }

    /// Updates `values` and both moments from `gradient`.
    package func apply(
        to values: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
        firstMoment: UnsafeMutablePointer<Float>, secondMoment: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        var settings = lk_adamw_settings()
        settings.learning_rate = learningRate
        settings.beta1 = beta1
        settings.beta2 = beta2
        settings.epsilon = epsilon
        settings.decay = decay
        settings.correction1 = biasCorrection(beta1, steps: step)
        settings.correction2 = biasCorrection(beta2, steps: step)
        settings.gradient_scale = gradientScale
        withUnsafePointer(to: settings) { settings in
            Workers.split(count, grain: Rows.grain) { part in
                let start = part.lowerBound
                lk_adamw(
                    values + start, gradient + start, firstMoment + start, secondMoment + start,
                    part.count, settings)
            }
        }
    }
}

/// 1 - beta^steps: the sum of the weights in a moment that started at 0.
func biasCorrection(_ beta: Float, steps: Int) -> Float {
    var (power, factor, left) = (1.0, Double(beta), steps)
    while left > 0 {
        if left & 1 == 1 { power *= factor }
        factor *= factor
        left >>= 1
    }
    return Float(1 - power)
}
