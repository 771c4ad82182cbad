package import Models
internal import Tensors

/// LoRA that trains B alone (Zhu and others 2024, arXiv 2402.16842).
///
/// A is frozen at random orthonormal rows, the right singular vectors of a Gaussian matrix, which
/// are uniform among all such; B starts at zero. This is the method of its paper; the one that MoRA's
/// paper calls AsyLoRA takes over this start alone: in that repository the lines that freeze A are
/// commented out.
package struct AsymmetricLoRA: MethodVariant, Equatable {
    /// Its initialisation is not used.
    package var lora: LoRA

    package init(_ lora: LoRA) { self.lora = lora }

    package var name: String { "asylora" }
    package var origin: any FineTuningMethod { lora }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        configuration.sum(over: lora.targets) { lora.rank * $0.rows }
    }

    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        lora.memory(on: configuration, trainsFirst: false) { lora.rank * $0.columns }
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let adapted = try lora.adapted(base, using: &generator)
        for adapter in adapted.adapters {
            adapter.a.fillOrthonormalRows(using: &generator)
            adapter.a.isTrainable = false
        }
        return adapted.tuned(lora.adapterConfiguration)
    }
}
