internal import Datasets
internal import Settings

/// The key `loss_mask`, of a study or of an arm.
extension LossMask {
    /// Reads the key; `fallback` where it is absent or wrong.
    init(_ section: SettingsSection, default fallback: LossMask) {
        self = fallback
        guard let text = section.optionalText("loss_mask") else { return }
        if let mask = try? LossMask(parsing: text) {
            self = mask
        } else {
            section.problem(
                "loss_mask",
                "is `\(text)`; use response, all, boilerplate or a prompt weight from 0 to 1")
        }
    }
}
