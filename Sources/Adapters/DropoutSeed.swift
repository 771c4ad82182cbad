internal import Kernels

/// The seed of a step's dropout masks and noise, shared by all adapters of a model.
package final class DropoutSeed {
    /// Set by the trainer before every step.
    package var step: UInt64 = 0

    package init() {}

    /// A seed for one place in the model.
    func seed(place: Int) -> UInt64 { SplitMix64.number(place, seed: step) }
}
