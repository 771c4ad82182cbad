internal import Adapters
internal import Datasets
internal import Settings

/// What can be said of the arms only when all of their keys have been read.
extension StudyReader {
    func checkArms(
        _ arms: [Study.Arm], _ sections: [SettingsSection], _ regime: Study.Regime, warmupSteps: Int
    ) {
        for (arm, section) in zip(arms, sections) {
            if regime == .continue { checkHasNoPrompts(arm.lossMask, section) }
            checkLengths(arm.lengths, section, warmupSteps: warmupSteps)
            if case .match(let name)? = arm.method.size {
                checkMatch(with: name, among: arms, section)
            }
            if let restarts = arm.method.restarts {
                checkRestarts(restarts, steps: arm.lengths.min() ?? 1, section)
            }
        }
    }

    /// Plain text has no prompts: every mask but the default would be ignored.
    func checkHasNoPrompts(_ mask: LossMask, _ section: SettingsSection) {
        guard mask != .response, section.value("loss_mask") != nil else { return }
        section.problem(
            "loss_mask",
            "is `\(mask)`, but plain text has no prompts; use `regime: instruct`, or drop it")
    }

    private func checkMatch(with name: String, among arms: [Study.Arm], _ section: SettingsSection)
    {
        guard let other = arms.first(where: { $0.name == name }) else {
            guard AdapterSize.rankOfLoRA(named: name) == nil else { return }
            let names = arms.filter { $0.method.rank != nil || $0.method.size == nil }.map(\.name)
            return section.problem(
                "match",
                "there is no arm `\(name)`; use "
                    + (names + ["lora-rN for LoRA of rank N"]).joined(separator: ", "))
        }
        if case .match? = other.method.size {
            section.problem(
                "match", "`\(name)` has no size of its own; name an arm that has a `rank`")
        }
    }

    /// An arm that has steps of its own must come to the end of the warm-up, too.
    private func checkLengths(_ lengths: [Int], _ section: SettingsSection, warmupSteps: Int) {
        let value = section.value("steps")
        let own = (value?.items ?? [value].compactMap { $0 }).compactMap {
            $0.text.flatMap { Int($0) }
        }
        for steps in lengths where own.contains(steps) && steps < warmupSteps {
            section.problem(
                "steps",
                "is \(steps), fewer than the \(warmupSteps) steps of `train.warmup_steps`; "
                    + "use at least \(warmupSteps), or a shorter warm-up")
        }
    }

    private func checkRestarts(_ restarts: Restarts, steps: Int, _ section: SettingsSection) {
        let longest = max(1, steps - 1)
        if restarts.everySteps > longest {
            section.problem(
                "restart_every",
                "is \(restarts.everySteps), so that none of the \(steps) steps follows a restart; "
                    + "use at most \(longest)")
        }
        if restarts.warmupSteps > restarts.everySteps {
            section.problem(
                "restart_warmup",
                "is \(restarts.warmupSteps), more than the \(restarts.everySteps) steps between "
                    + "restarts; use at most \(restarts.everySteps)")
        }
    }
}
