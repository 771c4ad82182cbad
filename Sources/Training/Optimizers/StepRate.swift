/// The learning rate of a step.
package struct StepRate: Sendable, Equatable {
    /// The peak in force: the planned one, or what a command made it.
    package var peak: Double
    /// What schedule and restarts leave of the peak.
    package var share: Double

    package init(peak: Double, share: Double) {
        self.peak = peak
        self.share = share
    }

    package var value: Double { peak * share }
}
