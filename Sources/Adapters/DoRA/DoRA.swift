package import Models

/// Weight-decomposed low-rank adaptation (Liu and others 2024, arXiv 2402.09353).
///
/// W = m · (W₀ + s·B·A) / ‖W₀ + s·B·A‖, with one trained magnitude m for each output row, as in
/// the authors' and PEFT's code (the paper says column). m starts at the norms of W₀; the norm is
/// a constant in the gradient (section 4.3).
package struct DoRA: MethodVariant, Equatable {
    /// The low-rank pair of the direction.
    package var lora: LoRA

    package init(_ lora: LoRA) { self.lora = lora }

    package var name: String { "dora" }
    package var origin: any FineTuningMethod { lora }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        lora.trainableCount(for: configuration)
            + configuration.sum(over: lora.targets) { $0.rows }
    }

    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        lora.memory(on: configuration, hasMagnitude: true)
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let adapted = try AdaptedModel(
            base, at: base.configuration.adapterPlaces(of: lora.targets), dropout: lora.dropout
        ) { site in
            let adapter = try DoRAAdapter(site, rank: lora.rank, scale: lora.scale)
            lora.initialise(adapter.pair.a, using: &generator)
            return adapter
        }
        var configuration = lora.adapterConfiguration
        configuration.values["use_dora"] = .flag(true)
        return adapted.tuned(configuration)
    }
}
