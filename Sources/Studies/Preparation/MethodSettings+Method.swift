package import Adapters

extension MethodSettings {
    /// The method that trains an arm with these settings.
    package var method: any FineTuningMethod {
        switch self {
        case .full(let settings): settings.full
        case .lora(let settings): settings.lora
        case .loraPlus(let settings, let ratio): LoRAPlus(settings.lora, ratio: ratio)
        case .asylora(let settings): AsymmetricLoRA(settings.lora)
        case .pissa(let settings): SpectralLoRA(settings.lora, part: .pissa)
        case .milora(let settings): SpectralLoRA(settings.lora, part: .milora)
        case .relora(let settings, let restarts): ReLoRA(settings.lora, restarts: restarts)
        case .dora(let settings): DoRA(settings.lora)
        case .vera(let settings): settings.vera
        case .mora(let settings): settings.mora
        case .remora(let settings, let restarts): ReMoRA(settings.mora, restarts: restarts)
        }
    }
}
