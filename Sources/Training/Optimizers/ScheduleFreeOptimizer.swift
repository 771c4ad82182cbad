internal import Kernels
package import Tensors

/// AdamW without a schedule: the weights that result are an average over all steps.
///
/// While it trains, the parameters hold y; the result is x, the average of all z, in which a z counts
/// as the square of the largest learning rate so far. So the small steps of a warm-up hardly count,
/// as in the authors' code; the bias correction, too, has the code's form (`ScheduleFreeStep`). The
/// warm-up itself is the caller's: it passes the rate of each step.
/// - Reference: Defazio et al., *The Road Less Scheduled*, 2405.15682; facebookresearch/schedule_free.
package final class ScheduleFreeOptimizer: Optimizer {
    package let settings: OptimizerSettings
    package let parameters: [Parameter]
    package var progress = OptimizerProgress()
    private let z: OptimizerBuffer
    private let second: OptimizerBuffer

    package var buffers: [OptimizerBuffer] { [z, second] }

    /// - Throws: `TensorError.outOfMemory`.
    package init(_ parameters: [Parameter], settings: OptimizerSettings) throws(TensorError) {
        precondition(settings.beta1 > 0, "x cannot be had from y and z if beta1 is 0")
        self.parameters = parameters
        self.settings = settings
        z = try OptimizerBuffer("z", for: parameters)
        second = try OptimizerBuffer("exp_avg_sq", for: parameters)
        z.copyValues(of: parameters)
    }

    package func reset() {
        progress = OptimizerProgress()
        z.copyValues(of: parameters)
        second.fillWithZeros()
    }

    package func update(_ rate: StepRate, gradientScale: Double) {
        let learningRate = rate.value
        progress.step += 1
        progress.largestRate = max(progress.largestRate, learningRate)
        let weight = progress.largestRate * progress.largestRate
        progress.weightSum += weight
        var step = ScheduleFreeStep(
            learningRate: 0, beta1: Float(settings.beta1), beta2: Float(settings.beta2),
            epsilon: Float(settings.epsilon),
            weight: weight > 0 ? Float(weight / progress.weightSum) : 0, step: progress.step)
        step.weightDecay = Float(settings.weightDecay)
        step.gradientScale = Float(gradientScale)
        for (index, parameter) in parameters.enumerated() {
            guard let gradient = parameter.gradient else { continue }
            step.learningRate = Float(learningRate * parameter.learningRateFactor)
            step.apply(
                to: parameter.values, gradient: gradient, z: z.storages[index].base,
                secondMoment: second.storages[index].base, count: parameter.count)
        }
    }

    package var trainsOnResult: Bool { false }

    package func adoptResult() {
        for (parameter, z) in zip(parameters, z.storages) {
            ScheduleFreeStep.average(
                parameter.values, z: z.base, beta1: Float(settings.beta1), count: parameter.count)
        }
    }

    /// The parameters hold x meanwhile; y waits in a copy, for rounding would not give it back.
    package func withResult<Result>(_ body: () throws -> Result) throws -> Result {
        let y = try OptimizerBuffer("y", for: parameters)
        y.copyValues(of: parameters)
        adoptResult()
        defer {
            for (parameter, y) in zip(parameters, y.storages) {
                parameter.values.update(from: y.base, count: y.count)
            }
        }
        return try body()
    }
}
