internal import CKernels

/// One step of Lion in one pass over a parameter (Chen and others 2023, arXiv 2302.06675).
package struct LionStep {
    package var learningRate: Float
    /// Weight of the momentum in the direction of the step.
    package var beta1: Float
    /// Decay rate of the momentum.
    package var beta2: Float
    /// Share of each weight that is taken away.
    package var decay: Float
    /// Factor on the gradient, from clipping.
    package var gradientScale: Float

    package init(
        learningRate: Float, beta1: Float, beta2: Float, decay: Float, gradientScale: Float
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.decay = decay
        self.gradientScale = gradientScale
    }

    /// Updates `values` and the momentum from `gradient`.
    package func apply(
        to values: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
        momentum: UnsafeMutablePointer<Float>, count: Int
    ) {
        let settings = lk_lion_settings(
            learning_rate: learningRate, beta1: beta1, beta2: beta2, decay: decay,
            gradient_scale: gradientScale)
        withUnsafePointer(to: settings) { settings in
            Workers.split(count, grain: Rows.grain) { part in
                let start = part.lowerBound
                lk_lion(
                    values + start, gradient + start, momentum + start, part.count, settings)
            }
        }
    }
}
