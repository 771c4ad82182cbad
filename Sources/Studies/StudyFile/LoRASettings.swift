package import Adapters
package import Models

/// The keys of low-rank adaptation and of its variants.
package struct LoRASettings: Sendable, Equatable {
    /// `rank`, 1 or more; how it compares with a layer's size is known only with the model.
    package var rank: Int
    /// `alpha`: the update is scaled by alpha / rank; 2 * rank by default, rank for pissa and milora.
    package var alpha: Double
    /// `scaling`: lora, or rslora for alpha / sqrt(rank); lora by default.
    package var scaling: LoRA.Scaling
    /// `init`: where A starts, kaiming or gaussian; kaiming by default.
    package var initialisation: LoRA.Initialisation
    /// `dropout`: probability of dropping an input of the adapter, in [0, 1); 0 by default.
    package var dropout: Double
    /// `targets`: the layers that get an adapter, in the order of `Projection.allCases`; all by
    /// default.
    package var targets: [Projection]

    init(_ arm: StudySection, alphaOverRank: Int = 2) {
        rank = arm.integer("rank", in: 1...65_536)
        alpha = arm.number("alpha", default: Double(alphaOverRank * rank), .positive)
        scaling = arm.choice("scaling", default: .lora)
        initialisation = arm.choice("init", default: .kaiming)
        dropout = arm.number("dropout", default: 0, .fraction)
        targets = Projection.read(arm)
    }

    var keys: [(key: String, value: String)] {
        [
            ("rank", String(rank)), ("alpha", String(alpha)), ("scaling", scaling.rawValue),
            ("init", initialisation.rawValue), ("dropout", String(dropout)),
            ("targets", Projection.text(targets)),
        ]
    }

    var lora: LoRA {
        LoRA(
            rank: rank, alpha: alpha, dropout: dropout, targets: Set(targets), scaling: scaling,
            initialisation: initialisation)
    }
}
