package import RunEvents

/// A run at a glance: `summary.json`.
package struct RunSummary: Codable, Sendable, Equatable {
    /// One number of the target or source side of one arm.
    package struct Metric: Codable, Sendable, Equatable {
        package var kind: ObservationKind
        package var task: String
        package var metric: String
        package var last: Double
        package var lastStep: Int
        /// The best finite value and its step; nil where no direction is better.
        package var best: Double?
        package var bestStep: Int?
    }

    /// What one arm did and how it scored.
    package struct Arm: Codable, Sendable, Equatable {
        package var name: String
        package var method: String
        package var rank: Int?
        package var seed: UInt64
        package var state: ArmState
        package var step: Int
        package var plannedSteps: Int
        package var tokens: Int
        package var seconds: Double
        package var learningRate: Double
        package var trainableParameters: Int
        package var totalParameters: Int
        package var metrics: [Metric]
    }

    package var schemaVersion: Int
    package var run: String
    package var study: String
    package var base: String
    package var domain: String
    /// Nil while the run goes on, or after a kill.
    package var outcome: RunOutcome?
    package var seconds: Double
    package var arms: [Arm]
    /// What it comes to; nil while the run goes on, or after a kill.
    package var verdict: RunVerdict?
}
