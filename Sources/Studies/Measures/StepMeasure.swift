internal import RunEvents
internal import Training

/// A number that is taken of every training step.
struct StepMeasure: Sendable {
    let definition: MetricDefinition
    let value: @Sendable (StepReport) -> Double

    /// In the order in which they are told; the last of them ends the step.
    static let all = [
        StepMeasure(definition: .trainingLoss) { $0.loss },
        StepMeasure(definition: .learningRate) { $0.learningRate },
        StepMeasure(definition: .gradientNorm) { $0.gradientNorm },
    ]
}
