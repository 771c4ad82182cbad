package import Models

/// Full fine-tuning: every parameter of a copy of the base is trained.
package struct FullFineTuning: FineTuningMethod, Equatable {
    package init() {}

    package var name: String { "full" }
    package var displayedRank: Int? { nil }

    package func problems(for configuration: ModelConfiguration) -> [String] { [] }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let model = try base.copy(isTrainable: true)
        return FineTunedModel(model: model, trainable: model.parameters)
    }
}
