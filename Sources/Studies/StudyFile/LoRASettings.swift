package import Adapters
package import Models
internal import Settings

/// The keys of low-rank adaptation and of its variants.
package struct LoRASettings: AdapterSettings, Sendable, Equatable {
    /// `rank`, or `match`.
    package var size: AdapterSize
    /// `alpha`: the update is scaled by alpha / rank; 2 * rank by default, rank for pissa and
    /// milora; nil while the rank it follows is to be found.
    package var alpha: Double?
    private let alphaOverRank: Int
    /// `scaling`: lora, or rslora for alpha / sqrt(rank); lora by default.
    package var scaling: LoRA.Scaling
    /// `init`: where A starts, kaiming or gaussian; kaiming by default; nil where a variant says
    /// where A starts.
    package var initialisation: LoRA.Initialisation?
    /// `dropout`: probability of dropping an input of the adapter, in [0, 1); 0 by default.
    package var dropout: Double
    /// `targets`: the layers that get an adapter, in the order of `Projection.allCases`; all by
    /// default.
    package var targets: [Projection]

    init(_ arm: SettingsSection, _ variant: LoRAVariant) {
        size = AdapterSize(arm)
        alphaOverRank = variant.alphaOverRank
        alpha =
            arm.value("alpha") == nil
            ? size.rank.map { Double(variant.alphaOverRank) * Double($0) }
            : arm.number("alpha", .positive)
        scaling = arm.choice("scaling", default: .lora)
        initialisation = variant.drawsA ? arm.choice("init", default: .kaiming) : nil
        dropout = arm.number("dropout", default: 0, .fraction)
        targets = Projection.read(arm)
    }

    var keys: [(key: String, value: String)] {
        let pairs = [
            size.key, ("alpha", alpha.map { String($0) }), ("scaling", scaling.rawValue),
            ("init", initialisation?.rawValue), ("dropout", String(dropout)),
            ("targets", Projection.text(targets)),
        ]
        return pairs.compactMap { key, value in value.map { (key, $0) } }
    }

    /// The same with a rank that was found.
    func sized(_ rank: Int) -> LoRASettings {
        var result = self
        result.size = .rank(rank)
        result.alpha = alpha ?? Double(alphaOverRank) * Double(rank)
        return result
    }

    var lora: LoRA {
        let rank = size.rankOrSmallest
        return LoRA(
            rank: rank, alpha: alpha ?? Double(alphaOverRank) * Double(rank), dropout: dropout,
            targets: Set(targets), scaling: scaling, initialisation: initialisation ?? .kaiming)
    }
}
