internal import Settings
internal import Training

/// The keys `optimizer`, `weight_decay`, `betas` and `epsilon` of `train` or of an arm.
extension OptimizerSettings {
    /// - Parameters:
    ///   - section: Where the keys are.
    ///   - study: What holds if they are absent: the study's own settings, for an arm that names no
    ///     other optimiser; else the constants that are usual with the one that is named.
    init(_ section: SettingsSection, study: OptimizerSettings = OptimizerSettings()) {
        let kind = section.choice("optimizer", default: study.kind)
        let fallback = kind == study.kind ? study : OptimizerSettings(kind)
        let betas = section.betas(default: [fallback.beta1, fallback.beta2])
        self.init(
            kind, beta1: betas[0], beta2: betas[1],
            epsilon: section.number("epsilon", default: fallback.epsilon, .positive),
            weightDecay: section.number(
                "weight_decay", default: fallback.weightDecay, .notNegative))
        if kind == .scheduleFreeAdamW && beta1 == 0 {
            section.problem("betas", "start with 0; \(kind.rawValue) needs a first one above 0")
        }
    }

    /// The keys as YAML.
    var keys: [(key: String, value: String)] {
        [
            ("optimizer", kind.rawValue), ("weight_decay", String(weightDecay)),
            ("betas", "[\(beta1), \(beta2)]"), ("epsilon", String(epsilon)),
        ]
    }
}

extension SettingsSection {
    fileprivate func betas(default fallback: [Double]) -> [Double] {
        guard let value = value("betas") else { return fallback }
        guard let items = value.items, items.count == 2 else {
            let example = fallback.map { String($0) }.joined(separator: ", ")
            problem("betas", "is \(value.kind); write two numbers, [\(example)]")
            return fallback
        }
        return items.map { number($0, key: "betas", .fraction) ?? 0 }
    }
}
