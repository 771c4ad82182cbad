internal import Kernels
package import Tensors

/// Lion with decay that is not multiplied by the learning rate.
///
/// The optimiser of LoRA Learns Less and Forgets Less (appendix A).
/// - Reference: Chen et al., *Symbolic Discovery of Optimization Algorithms*, 2302.06675.
package final class LionOptimizer: Optimizer {
    package let settings: OptimizerSettings
    package let parameters: [Parameter]
    package var progress = OptimizerProgress()
    private let momentum: OptimizerBuffer

    package var buffers: [OptimizerBuffer] { [momentum] }

    /// - Parameters:
    ///   - parameters: What it updates, in a fixed order.
    ///   - settings: Its constants.
    /// - Throws: `TensorError.outOfMemory`.
    package init(_ parameters: [Parameter], settings: OptimizerSettings) throws(TensorError) {
        self.parameters = parameters
        self.settings = settings
        momentum = try OptimizerBuffer("exp_avg", for: parameters)
    }

    package func reset() {
        progress = OptimizerProgress()
        momentum.fillWithZeros()
    }

    package func update(_ rate: StepRate, gradientScale: Double) {
        progress.step += 1
        var step = LionStep(
            learningRate: 0, beta1: Float(settings.beta1), beta2: Float(settings.beta2), decay: 0,
            gradientScale: Float(gradientScale))
        for (parameter, momentum) in zip(parameters, momentum.storages) {
            guard let gradient = parameter.gradient else { continue }
            let factor = parameter.learningRateFactor
            step.learningRate = Float(rate.value * factor)
            step.decay = Float(settings.decay(rate, factor: factor))
            step.apply(
                to: parameter.values, gradient: gradient, momentum: momentum.base,
                count: parameter.count)
        }
    }
}
