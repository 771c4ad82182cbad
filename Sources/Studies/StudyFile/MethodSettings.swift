/// A method of fine-tuning with its own settings.
///
/// A new method is a case here, a struct with its keys, and a line in each of the switches.
package enum MethodSettings: Sendable, Equatable {
    /// Every weight is trained.
    case full
    /// A low-rank update beside each projection.
    case lora(LoRASettings)
    /// The same with trained row norms.
    case dora(LoRASettings)
    /// A square matrix beside each projection.
    case mora(MoRASettings)

    package enum Name: String, Sendable, CaseIterable { case full, lora, dora, mora }

    package var name: Name {
        switch self {
        case .full: .full
        case .lora: .lora
        case .dora: .dora
        case .mora: .mora
        }
    }

    /// The adapter's rank; nil for methods without one.
    package var rank: Int? {
        switch self {
        case .full: nil
        case .lora(let settings), .dora(let settings): settings.rank
        case .mora(let settings): settings.rank
        }
    }

    /// Reads the method's own keys of an arm.
    init(_ name: Name, _ arm: StudySection) {
        switch name {
        case .full: self = .full
        case .lora: self = .lora(LoRASettings(arm))
        case .dora: self = .dora(LoRASettings(arm))
        case .mora: self = .mora(MoRASettings(arm))
        }
    }

    /// The method's own keys, as YAML in the order of the file format.
    var keys: [(key: String, value: String)] {
        switch self {
        case .full: []
        case .lora(let settings), .dora(let settings): settings.keys
        case .mora(let settings): settings.keys
        }
    }
}
