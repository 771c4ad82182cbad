internal import Kernels
package import Tensors

/// AdamW (Loshchilov & Hutter 2019, arXiv 1711.05101), with either meaning of weight decay.
package final class AdamWOptimizer: Optimizer {
    package let settings: OptimizerSettings
    package let parameters: [Parameter]
    package var progress = OptimizerProgress()
    private let first: OptimizerBuffer
    private let second: OptimizerBuffer

    package var buffers: [OptimizerBuffer] { [first, second] }

    /// - Parameters:
    ///   - parameters: What it updates, in a fixed order.
    ///   - settings: Its constants, of the kind `adamw` or `adamwDecoupled`.
    /// - Throws: `TensorError.outOfMemory`.
    package init(_ parameters: [Parameter], settings: OptimizerSettings) throws(TensorError) {
        self.parameters = parameters
        self.settings = settings
        first = try OptimizerBuffer("exp_avg", for: parameters)
        second = try OptimizerBuffer("exp_avg_sq", for: parameters)
    }

    package func reset() {
        progress = OptimizerProgress()
        first.fillWithZeros()
        second.fillWithZeros()
    }

    package func update(_ rate: StepRate, gradientScale: Double) {
        progress.step += 1
        var step = AdamWStep(
            learningRate: 0, beta1: Float(settings.beta1), beta2: Float(settings.beta2),
            epsilon: Float(settings.epsilon), decay: 0, step: progress.step,
            gradientScale: Float(gradientScale))
        for (index, parameter) in parameters.enumerated() {
            guard let gradient = parameter.gradient else { continue }
            let factor = parameter.learningRateFactor
            step.learningRate = Float(rate.value * factor)
            step.decay = Float(settings.decay(rate, factor: factor))
            step.apply(
                to: parameter.values, gradient: gradient, firstMoment: first.storages[index].base,
                secondMoment: second.storages[index].base, count: parameter.count)
        }
    }
}
