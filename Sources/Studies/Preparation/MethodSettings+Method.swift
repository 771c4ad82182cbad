package import Adapters

extension Study.Arm {
    /// What trains the arm: its method, and what is to happen to the embedded tokens.
    package var fineTuning: any FineTuningMethod {
        var result = method.method
        if !embeddings.tables.isEmpty {
            result = TrainedTables(
                result, tables: embeddings.tables,
                learningRateFactor: embeddings.learningRate / learningRate)
        }
        return embeddings.noise > 0 ? NEFTune(result, alpha: embeddings.noise) : result
    }
}

extension Study.Arm {
    /// The key under which the arm has a setting of its method.
    func key(of setting: MethodProblem.Setting) -> String {
        if setting == .rank, case .match? = method.size { return "match" }
        return setting.rawValue
    }
}

extension MethodSettings {
    /// The method with these settings; of the smallest rank while the rank is to be found.
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
