package import Adapters

extension MethodSettings {
    /// The method that trains an arm with these settings.
    package var method: any FineTuningMethod {
        switch self {
        case .full: FullFineTuning()
        case .lora(let settings): settings.lora
        case .dora(let settings): DoRA(settings.lora)
        case .mora(let settings): settings.mora
        }
    }
}
