internal import Adapters
internal import Models
internal import Settings

/// How a study fits the sizes of its base: the ranks that follow from them, and what does not fit.
struct StudyFit {
    /// With the ranks of arms that match the size of another.
    let study: Study
    private(set) var problems: [SettingsProblem]
    /// The ranks that were found, in words.
    let remarks: [String]

    /// - Parameters:
    ///   - study: With the ranks as they were written.
    ///   - configuration: The base's sizes.
    ///   - known: What is wrong with the study by itself; what would only follow from it is not told.
    init(
        _ study: Study, on configuration: ModelConfiguration, besides known: [SettingsProblem] = []
    ) {
        let sound = study.arms.indices.filter { index in
            !known.contains { Self.concernsSize(ofArm: index, $0) }
        }
        let match = ParameterMatch(study, on: configuration, arms: Set(sound))
        self.study = match.study
        problems = match.problems
        remarks = match.remarks
        for index in sound { check(arm: index, configuration) }
        check(sequencesIn: configuration.maxSequenceLength)
    }

    /// Whether a problem leaves open what an arm trains; only these keys do not.
    private static func concernsSize(ofArm index: Int, _ problem: SettingsProblem) -> Bool {
        let arm = "arms[\(index)]"
        guard problem.path.hasPrefix(arm) else { return false }
        return ![
            ".name", ".learning_rate", ".embedding_learning_rate", ".neftune_alpha", ".loss_mask",
            ".optimizer", ".weight_decay", ".betas", ".epsilon", ".steps", ".seed",
            ".restart_every", ".restart_warmup",
        ].contains(problem.path.dropFirst(arm.count))
    }

    private mutating func check(arm index: Int, _ configuration: ModelConfiguration) {
        let arm = study.arms[index]
        problems += arm.fineTuning.problems(for: configuration).map { problem in
            study.problem(at: "arms[\(index)].\(arm.key(of: problem.setting))", problem.text)
        }
    }

    private mutating func check(sequencesIn longest: Int) {
        guard study.training.sequenceLength > longest else { return }
        problems.append(
            study.problem(
                at: "train.sequence_length",
                "\(study.training.sequenceLength) is beyond the context of \(study.base); "
                    + "use at most \(longest)"))
    }
}
