package import Models
internal import Tensors

/// LoRA whose B learns faster than its A (Hayou and others 2024, arXiv 2402.12354).
///
/// The same forward pass as LoRA; B's learning rate is `ratio` times A's, which is the arm's.
package struct LoRAPlus: MethodVariant, Equatable {
    package var lora: LoRA
    /// B's learning rate over A's, above 0; the paper advises well above 1.
    package var ratio: Double

    package init(_ lora: LoRA, ratio: Double) {
        self.lora = lora
        self.ratio = ratio
    }

    package var name: String { "lora+" }
    package var origin: any FineTuningMethod { lora }

    package func ownProblems(for configuration: ModelConfiguration) -> [MethodProblem] {
        let isUsable = ratio > 0 && ratio.isFinite
        return isUsable
            ? [] : [MethodProblem(.ratio, "\(ratio) times A's learning rate: use a number above 0")]
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let adapted = try lora.adapted(base, using: &generator)
        for adapter in adapted.adapters { adapter.b.learningRateFactor = ratio }
        return adapted.tuned(lora.adapterConfiguration)
    }
}
