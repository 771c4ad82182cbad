import Datasets
internal import Settings
import Training

/// Reads the arms, and what they make of rates, lengths and seeds.
extension StudyReader {
    func arms(
        _ training: Study.Training, _ mask: LossMask, _ regime: Study.Regime
    ) -> [Study.Arm] {
        let sections = root.sections("arms")
        let given = root.value("arms")
        if given == nil || given?.items?.isEmpty == true {
            root.problem(
                "arms", "no arm; add `- { name: full, method: full, learning_rate: 1e-3 }`")
        }
        var seen: Set<String> = []
        let arms = sections.map { section in
            let arm = arm(section, training, mask)
            if !arm.name.isEmpty, !seen.insert(arm.name.lowercased()).inserted {
                let isSame = sections.filter { $0.value("name")?.text == arm.name }.count > 1
                section.problem(
                    "name",
                    isSame
                        ? "`\(arm.name)` names another arm too; choose another name"
                        : "`\(arm.name)` is another arm's name but for capitals, which some file "
                            + "systems do not tell apart; choose another name")
            }
            return arm
        }
        checkArms(arms, sections, regime, warmupSteps: training.warmupSteps)
        return arms
    }

    private func arm(
        _ section: SettingsSection, _ training: Study.Training, _ mask: LossMask
    ) -> Study.Arm {
        let name = folderName(section, hint: "write for example `name: full`")
        if section.value("method") == nil {
            let names = MethodSettings.Name.allCases.map(\.rawValue).joined(separator: " or ")
            section.problem("method", "missing; write \(names)")
        }
        let problems = report.problems.count
        let method = section.choice("method", default: MethodSettings.Name.full)
        let isMethodKnown = section.value("method") != nil && report.problems.count == problems
        let rates = section.numbers(oneOrMore: "learning_rate", .positive)
        let arm = Study.Arm(
            name: name, method: MethodSettings(method, section),
            embeddings: EmbeddingSettings(section, method: method),
            lossMask: LossMask(section, default: mask),
            learningRates: rates, addedLearningRates: addedRates(section, beside: rates),
            optimizer: OptimizerSettings(section, study: training.optimizer),
            lengths: section.integers(
                oneOrMore: "steps", default: training.lengths, in: 1...Self.most),
            seed: section.optionalInteger("seed", in: 0...Int.max).map { UInt64($0) })
        // Without the method its keys are unknown too, and would be reported for nothing.
        if isMethodKnown { section.finish() }
        return arm
    }

    /// The key that an arm of a run's stored study has when rates were added to it.
    private func addedRates(_ section: SettingsSection, beside rates: [Double]) -> [Double] {
        let key = "added_learning_rates"
        guard section.value(key) != nil else { return [] }
        return section.numbers(oneOrMore: key, .positive).filter { rate in
            if !rates.contains(rate) { return true }
            section.problem(key, "names \(rate), which is there already")
            return false
        }
    }

    /// The most characters that Linux gives a folder's name.
    private static let longestID = 255

    /// What is appended to arms' names can make them another's, or too long for a folder.
    func checkTrajectories(_ study: Study) {
        let count = study.trajectoryCount
        guard count <= Study.mostTrajectories else {
            return root.problem(
                "arms",
                "make \(count) trajectories with their rates, lengths and seeds; use at most "
                    + "\(Study.mostTrajectories)")
        }
        let ids = study.trajectories.map(\.id)
        guard ids.count > study.arms.count else { return }
        for id in Self.repeated(ids.map { $0.lowercased() }) {
            root.problem(
                study.seeds.count > 1 ? "seeds" : "arms",
                "make two arms named `\(id)`; rename one")
        }
        for id in ids where id.utf8.count > Self.longestID {
            root.problem("arms", "make a trajectory named `\(id)`, too long for a folder's name")
        }
    }
}
