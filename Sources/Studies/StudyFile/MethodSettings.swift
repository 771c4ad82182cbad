package import Adapters
internal import Models

/// A method of fine-tuning with its own settings.
///
/// A new method is a case here, a struct with its keys, and a line in each of the switches.
package enum MethodSettings: Sendable, Equatable {
    /// Weights of the model itself are trained, all or chosen parts.
    case full(FullSettings)
    /// A low-rank update beside each projection.
    case lora(LoRASettings)
    /// The same; B's learning rate is `ratio` (16 by default) times A's, the arm's.
    case loraPlus(LoRASettings, ratio: Double)
    /// The same with A frozen at orthonormal rows.
    case asylora(LoRASettings)
    /// The same, started from the largest singular triples of the base.
    case pissa(LoRASettings)
    /// The same, started from the smallest.
    case milora(LoRASettings)
    /// The same, merged into the base and started anew now and then.
    case relora(LoRASettings, Restarts)
    /// The same with trained row norms.
    case dora(LoRASettings)
    /// Trained scales around a frozen random pair.
    case vera(VeRASettings)
    /// A square matrix beside each projection.
    case mora(MoRASettings)
    /// The same, merged into the base and started anew now and then.
    case remora(MoRASettings, Restarts)

    /// What the key `method` says.
    package enum Name: String, Sendable, CaseIterable {
        case full, lora
        case loraPlus = "lora+"
        case asylora, pissa, milora, relora, dora, vera, mora, remora
    }

    package var name: Name {
        switch self {
        case .full: .full
        case .lora: .lora
        case .loraPlus: .loraPlus
        case .asylora: .asylora
        case .pissa: .pissa
        case .milora: .milora
        case .relora: .relora
        case .dora: .dora
        case .vera: .vera
        case .mora: .mora
        case .remora: .remora
        }
    }

    /// The keys that all adapters have; nil for methods without one.
    private var adapter: (any AdapterSettings)? {
        switch self {
        case .full: nil
        case .lora(let settings), .loraPlus(let settings, _), .asylora(let settings),
            .pissa(let settings), .milora(let settings), .relora(let settings, _),
            .dora(let settings):
            settings
        case .vera(let settings): settings
        case .mora(let settings), .remora(let settings, _): settings
        }
    }

    /// The adapter's size; nil for methods without one.
    package var size: AdapterSize? { adapter?.size }

    /// The adapter's rank; nil for methods without one and while it is to be found.
    package var rank: Int? { size?.rank }

    /// The same method with a rank that was found.
    func sized(_ rank: Int) -> MethodSettings {
        switch self {
        case .full: self
        case .lora(let settings): .lora(settings.sized(rank))
        case .loraPlus(let settings, let ratio): .loraPlus(settings.sized(rank), ratio: ratio)
        case .asylora(let settings): .asylora(settings.sized(rank))
        case .pissa(let settings): .pissa(settings.sized(rank))
        case .milora(let settings): .milora(settings.sized(rank))
        case .relora(let settings, let restarts): .relora(settings.sized(rank), restarts)
        case .dora(let settings): .dora(settings.sized(rank))
        case .vera(let settings): .vera(settings.sized(rank))
        case .mora(let settings): .mora(settings.sized(rank))
        case .remora(let settings, let restarts): .remora(settings.sized(rank), restarts)
        }
    }

    /// When the adapter starts anew; nil for methods that never do.
    var restarts: Restarts? {
        switch self {
        case .relora(_, let restarts), .remora(_, let restarts): restarts
        default: nil
        }
    }

    /// The projections that get an adapter; empty for methods without.
    var targets: [Projection] { adapter?.targets ?? [] }

    /// Reads the method's own keys of an arm.
    init(_ name: Name, _ arm: StudySection) {
        switch name {
        case .full: self = .full(FullSettings(arm))
        case .lora: self = .lora(LoRASettings(arm))
        case .loraPlus:
            self = .loraPlus(
                LoRASettings(arm), ratio: arm.number("ratio", default: 16, .positive))
        case .asylora: self = .asylora(LoRASettings(arm))
        case .pissa: self = .pissa(LoRASettings(arm, alphaOverRank: 1))
        case .milora: self = .milora(LoRASettings(arm, alphaOverRank: 1))
        case .relora: self = .relora(LoRASettings(arm), Restarts(arm))
        case .dora: self = .dora(LoRASettings(arm))
        case .vera: self = .vera(VeRASettings(arm))
        case .mora: self = .mora(MoRASettings(arm))
        case .remora: self = .remora(MoRASettings(arm), Restarts(arm))
        }
    }

    /// The method's own keys, as YAML in the order of the file format.
    var keys: [(key: String, value: String)] {
        let common = adapter?.keys ?? []
        return switch self {
        case .full(let settings): settings.keys
        case .loraPlus(_, let ratio): common + [("ratio", String(ratio))]
        case .relora(_, let restarts), .remora(_, let restarts): common + restarts.keys
        default: common
        }
    }
}
