package import Adapters
internal import Models

extension MethodSettings {
    /// The method that trains an arm with these settings.
    package var method: any FineTuningMethod {
        switch self {
        case .full: FullFineTuning()
        case .lora(let settings):
            LoRA(
                rank: settings.rank, alpha: settings.alpha, dropout: settings.dropout,
                targets: Set(settings.targets))
        }
    }
}
