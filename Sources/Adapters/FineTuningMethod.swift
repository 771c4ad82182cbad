package import Models

/// A way of fine-tuning: which tensors are added to the base model, and which are trained.
///
/// A method needs nothing of the model code beyond `Linear.adapter`; to add one, implement this
/// protocol in a folder of its own.
package protocol FineTuningMethod: Sendable {
    /// The name in study files and tables.
    var name: String { get }
    /// The adapter's rank, for tables; nil where there is none.
    var displayedRank: Int? { get }

    /// What does not fit this model, with the largest value that would; empty if all is well.
    ///
    /// At most one problem for each setting, and no setting is so large that asking overflows.
    func problems(for configuration: ModelConfiguration) -> [MethodProblem]

    /// How many numbers are trained on a model of these sizes, computed without making any.
    ///
    /// - Precondition: Nothing is wrong with the method on this model.
    func trainableCount(for configuration: ModelConfiguration) -> Int

    /// What it keeps in memory on a model of these sizes.
    ///
    /// - Precondition: Nothing is wrong with the method on this model.
    func memory(on configuration: ModelConfiguration) -> MethodMemory

    /// Prepares a model to train; the base is left as it is.
    ///
    /// - Parameters:
    ///   - base: The pretrained model, frozen; its parameters may be shared.
    ///   - generator: Randomness of the starting values.
    /// - Returns: The model with its adapters and the list of what is to be trained.
    /// - Throws: `TensorError.outOfMemory`.
    func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel
}
