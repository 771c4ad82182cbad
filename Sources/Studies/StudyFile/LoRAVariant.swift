package import Adapters

/// What a method makes of low-rank adaptation.
package enum LoRAVariant: Sendable, Equatable {
    /// A low-rank update beside each projection.
    case plain
    /// The same; B's learning rate is `ratio` (16 by default) times A's, the arm's.
    case plus(ratio: Double)
    /// The same with A frozen at orthonormal rows.
    case asymmetric
    /// The same, started from the largest singular triples of the base, or from the smallest.
    case spectral(SpectralLoRA.Part)
    /// The same, merged into the base and started anew now and then.
    case restarting(Restarts)
    /// The same with trained row norms.
    case dora

    package var name: MethodSettings.Name {
        switch self {
        case .plain: .lora
        case .plus: .loraPlus
        case .asymmetric: .asylora
        case .spectral(.pissa): .pissa
        case .spectral(.milora): .milora
        case .restarting: .relora
        case .dora: .dora
        }
    }

    /// Its keys beside those of `LoRASettings`.
    var keys: [(key: String, value: String)] {
        switch self {
        case .plus(let ratio): [("ratio", String(ratio))]
        case .restarting(let restarts): restarts.keys
        case .plain, .asymmetric, .spectral, .dora: []
        }
    }

    /// `alpha` over `rank` by default; triples of the base begin at their own size.
    var alphaOverRank: Int { if case .spectral = self { 1 } else { 2 } }

    /// Whether A starts at random numbers of some distribution, so that there is a key for it.
    var drawsA: Bool {
        switch self {
        case .plain, .plus, .restarting, .dora: true
        case .asymmetric, .spectral: false
        }
    }

    func method(_ lora: LoRA) -> any FineTuningMethod {
        switch self {
        case .plain: lora
        case .plus(let ratio): LoRAPlus(lora, ratio: ratio)
        case .asymmetric: AsymmetricLoRA(lora)
        case .spectral(let part): SpectralLoRA(lora, part: part)
        case .restarting(let restarts): ReLoRA(lora, restarts: restarts)
        case .dora: DoRA(lora)
        }
    }
}
