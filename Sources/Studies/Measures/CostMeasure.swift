internal import Kernels
internal import Models
internal import RunEvents
internal import Training

/// A number of what an arm costs, taken at its evaluation points.
struct CostMeasure: Sendable {
    /// What costs are counted of.
    struct Subject {
        let arm: ArmRun
        /// The model that every arm starts from, and shares what it does not change with.
        let base: Transformer
        /// What the evaluation point took.
        let evaluationSeconds: Double
    }

    let definition: MetricDefinition
    /// nil where it cannot be told: of an arm that is not in memory.
    let value: @Sendable (Subject) -> Double?

    static let all = [
        CostMeasure(definition: .evaluationSeconds) { $0.evaluationSeconds },
        CostMeasure(definition: .peakBytes) { _ in Double(Memory.peakResidentBytes) },
        CostMeasure(definition: .armBytes) { subject in
            subject.arm.trainer.map { Double($0.bytes(beside: subject.base)) }
        },
        CostMeasure(definition: .trainableParameters) { Double($0.arm.trainableCount) },
        CostMeasure(definition: .trainingFlops) { $0.arm.flops },
    ]
}
