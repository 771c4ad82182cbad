internal import Foundation

/// The learning rate as a function of the step.
package struct LearningRateSchedule: Sendable, Equatable {
    /// What happens after the warm-up.
    package enum Shape: String, Codable, Sendable, CaseIterable {
        /// The peak until the end.
        case constant
        /// Half a cosine down to `floor` of the peak (0.01 in LoRA Learns Less, appendix A).
        case cosine
        /// A straight line down to `floor` of the peak.
        case linear
    }

    package var shape: Shape
    /// Steps over which the rate rises in equal parts to the peak; 0 starts at the peak.
    package var warmupSteps: Int
    package var totalSteps: Int
    /// Share of the peak that is left when the last step is done.
    package var floor: Double

    package init(shape: Shape, warmupSteps: Int, totalSteps: Int, floor: Double = 0.01) {
        precondition(warmupSteps >= 0 && totalSteps > 0 && floor >= 0)
        self.shape = shape
        self.warmupSteps = warmupSteps
        self.totalSteps = totalSteps
        self.floor = floor
    }

    /// The share of the peak at a step counted from 0, in 0...1.
    package func factor(at step: Int) -> Double {
        if step < warmupSteps { return Double(step + 1) / Double(warmupSteps) }
        let length = Double(max(1, totalSteps - warmupSteps))
        let progress = min(1, Double(step - warmupSteps) / length)
        switch shape {
        case .constant: return 1
        case .cosine: return floor + (1 - floor) * (1 + cos(.pi * progress)) / 2
        case .linear: return floor + (1 - floor) * (1 - progress)
        }
    }
}
