package import Adapters
internal import Models
internal import Settings

/// A method of fine-tuning with its own settings.
///
/// A new variant of LoRA is a case of `LoRAVariant`; any other method is a case here and a struct
/// with its keys. Both need a name and a line in `init`.
package enum MethodSettings: Sendable, Equatable {
    /// Weights of the model itself are trained, all or chosen parts.
    case full(FullSettings)
    /// A low-rank update beside each projection, and what a variant makes of it.
    case lora(LoRASettings, LoRAVariant)
    /// Trained scales around a frozen random pair.
    case vera(VeRASettings)
    /// A square matrix beside each projection; with restarts, merged into the base and started anew.
    case mora(MoRASettings, Restarts?)

    /// What the key `method` says.
    package enum Name: String, Sendable, CaseIterable {
        case full, lora
        case loraPlus = "lora+"
        case asylora, pissa, milora, relora, dora, vera, mora, remora
    }

    package var name: Name {
        switch self {
        case .full: .full
        case .lora(_, let variant): variant.name
        case .vera: .vera
        case .mora(_, let restarts): restarts == nil ? .mora : .remora
        }
    }

    /// The keys that all adapters have; nil for methods without one.
    private var adapter: (any AdapterSettings)? {
        switch self {
        case .full: nil
        case .lora(let settings, _): settings
        case .vera(let settings): settings
        case .mora(let settings, _): settings
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
        case .lora(let settings, let variant): .lora(settings.sized(rank), variant)
        case .vera(let settings): .vera(settings.sized(rank))
        case .mora(let settings, let restarts): .mora(settings.sized(rank), restarts)
        }
    }

    /// When the adapter starts anew; nil for methods that never do.
    package var restarts: Restarts? {
        switch self {
        case .lora(_, .restarting(let restarts)): restarts
        case .mora(_, let restarts): restarts
        default: nil
        }
    }

    /// The projections that get an adapter; empty for methods without.
    var targets: [Projection] { adapter?.targets ?? [] }

    /// Reads the method's own keys of an arm.
    init(_ name: Name, _ arm: SettingsSection) {
        func lora(_ variant: LoRAVariant) -> MethodSettings {
            .lora(LoRASettings(arm, variant), variant)
        }
        self =
            switch name {
            case .full: .full(FullSettings(arm))
            case .lora: lora(.plain)
            case .loraPlus: lora(.plus(ratio: arm.number("ratio", default: 16, .positive)))
            case .asylora: lora(.asymmetric)
            case .pissa: lora(.spectral(.pissa))
            case .milora: lora(.spectral(.milora))
            case .relora: lora(.restarting(Restarts(arm)))
            case .dora: lora(.dora)
            case .vera: .vera(VeRASettings(arm))
            case .mora: .mora(MoRASettings(arm), nil)
            case .remora: .mora(MoRASettings(arm), Restarts(arm))
            }
    }

    /// The method's own keys, as YAML in the order of the file format.
    var keys: [(key: String, value: String)] {
        switch self {
        case .full(let settings): settings.keys
        case .lora(let settings, let variant): settings.keys + variant.keys
        case .vera(let settings): settings.keys
        case .mora(let settings, let restarts): settings.keys + (restarts?.keys ?? [])
        }
    }

    /// The method with these settings; of the smallest rank while the rank is to be found.
    package var method: any FineTuningMethod {
        switch self {
        case .full(let settings): settings.full
        case .lora(let settings, let variant): variant.method(settings.lora)
        case .vera(let settings): settings.vera
        case .mora(let settings, let restarts):
            restarts.map { ReMoRA(settings.mora, restarts: $0) } ?? settings.mora
        }
    }
}
