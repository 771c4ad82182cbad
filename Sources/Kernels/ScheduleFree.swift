internal import CKernels

/// One step of schedule-free AdamW in one pass over a parameter (Defazio and others 2024,
/// arXiv 2405.15682).
///
/// Three sequences belong to a weight: z takes the steps, x is a weighted average of all z, and the
/// gradient is taken at y = β₁·x + (1 − β₁)·z. Only y and z are stored.
///
/// The second moment is divided by 1 − β₂^t before its root is taken, as the authors' code does now.
/// The paper multiplies the learning rate by √(1 − β₂^t) instead, by which early steps also decay less
/// and count less in the average.
package struct ScheduleFreeStep {
    package var learningRate: Float
    /// Weight of the average where the gradient is taken; above 0.
    package var beta1: Float
    package var beta2: Float
    package var epsilon: Float
    /// Multiplied by the learning rate and by y.
    package var weightDecay: Float
    /// Weight of the new z in the average, from 0 to 1; 1 at the first step.
    package var weight: Float
    /// Steps taken, this one included; 1 at the first.
    package var step: Int
    /// Factor on the gradient, from clipping.
    package var gradientScale: Float

    package init(
        learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, weight: Float, step: Int
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weight = weight
        self.step = step
        weightDecay = 0
        gradientScale = 1
    }

    /// Updates y, z and the second moment from the gradient at y.
    package func apply(
        to y: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
        z: UnsafeMutablePointer<Float>, secondMoment: UnsafeMutablePointer<Float>, count: Int
    ) {
        var settings = lk_schedule_free_settings()
        settings.learning_rate = learningRate
        settings.beta1 = beta1
        settings.beta2 = beta2
        settings.epsilon = epsilon
        settings.weight_decay = weightDecay
        settings.weight = weight
        settings.correction2 = biasCorrection(beta2, steps: step)
        settings.gradient_scale = gradientScale
        withUnsafePointer(to: settings) { settings in
            Workers.split(count, grain: Rows.grain) { part in
                let start = part.lowerBound
                lk_schedule_free(
                    y + start, gradient + start, z + start, secondMoment + start, part.count,
                    settings)
            }
        }
    }

    /// Makes y the average x = y + (1 − β₁)/β₁·(y − z).
    package static func average(
        _ y: UnsafeMutablePointer<Float>, z: UnsafePointer<Float>, beta1: Float, count: Int
    ) {
        Workers.split(count, grain: Rows.grain) { part in
            let start = part.lowerBound
            lk_schedule_free_average(y + start, z + start, beta1, part.count)
        }
    }
}
