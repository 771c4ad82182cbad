package import Adapters
internal import Kernels
package import Models

/// What an arm takes of memory, known before anything of it is made.
///
/// The step is what `RehearsedStep` finds, so the sum is `Trainer.bytes(beside:)` of the largest batch,
/// and what an adapter keeps beside that. The base's own weights come once for all arms of a study.
package struct ArmMemory: Sendable, Equatable {
    /// Bytes of weights that the arm has for itself, trained or not.
    package let weights: Int
    /// Bytes that the optimiser keeps.
    package let optimizer: Int
    /// The most bytes that activations and gradients of a step take.
    package let step: Int

    /// Bytes of all three.
    package var bytes: Int { weights + optimizer + step }

    /// The memory of training by a method with an optimiser on a model.
    ///
    /// - Precondition: Nothing is wrong with the method on this model.
    /// - Parameters:
    ///   - method: What is trained.
    ///   - optimizer: What updates it.
    ///   - configuration: The model's sizes.
    ///   - batchSize: Sequences of a step.
    ///   - sequenceLength: Tokens of each.
    ///   - lossRows: Tokens of a step that carry loss; nil for all.
    package init(
        of method: any FineTuningMethod, optimizer: OptimizerSettings = OptimizerSettings(),
        on configuration: ModelConfiguration, batchSize: Int, sequenceLength: Int,
        lossRows: Int? = nil
    ) {
        let memory = method.memory(on: configuration)
        let trained = method.trainableCount(for: configuration)
        let rehearsal = RehearsedStep(
            configuration, method: memory, sequences: batchSize, longest: sequenceLength,
            lossRows: lossRows ?? batchSize * sequenceLength)
        let size = MemoryLayout<Float>.stride
        weights = (trained + memory.frozenCount) * size
        self.optimizer = trained * optimizer.bufferCount * size
        step = rehearsal.peak * size
    }
}
