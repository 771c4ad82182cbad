internal import Adapters
internal import Models
internal import Settings

/// Finds the ranks of arms that are to train as many parameters as another.
struct ParameterMatch {
    /// The study, its arms with the ranks that were found.
    private(set) var study: Study
    private(set) var problems: [SettingsProblem] = []
    /// What was found, in words.
    private(set) var remarks: [String] = []
    private let configuration: ModelConfiguration
    private let arms: Set<Int>

    /// By what share of the other's parameters two arms that match may differ.
    private static let tolerance = 0.1
    /// More parameters than any model has.
    private static let most = 1 << 53

    /// Finds all of them; the ranks depend on the study and on the model's sizes alone.
    ///
    /// - Parameters:
    ///   - study: With the ranks as they were written.
    ///   - configuration: The model's sizes.
    ///   - arms: The indices of the arms that have a meaning by themselves.
    init(_ study: Study, on configuration: ModelConfiguration, arms: Set<Int>) {
        self.study = study
        self.configuration = configuration
        self.arms = arms
        for (index, arm) in study.arms.enumerated() where arms.contains(index) {
            guard case .match(let name)? = arm.method.size, let wanted = count(of: name, for: arm)
            else { continue }
            find(wanted, of: name, arm: index)
        }
    }

    /// How many parameters the arm's method is to train beside trained tables, to match another arm,
    /// or LoRA in its place.
    ///
    /// Nil if the other arm has no meaning, or does not fit the model.
    private func count(of name: String, for arm: Study.Arm) -> Int? {
        if let index = study.arms.firstIndex(where: { $0.name == name }) {
            let other = study.arms[index].fineTuning
            guard arms.contains(index), other.problems(for: configuration).isEmpty else {
                return nil
            }
            return other.trainableCount(for: configuration) - tableCount(arm)
        }
        return AdapterSize.rankOfLoRA(named: name).map { rank in
            let one = LoRA(rank: 1, alpha: 1, targets: Set(arm.method.targets))
            let (count, overflows) = one.trainableCount(for: configuration)
                .multipliedReportingOverflow(by: rank)
            return overflows ? Self.most : min(count, Self.most)
        }
    }

    private func tableCount(_ arm: Study.Arm) -> Int {
        arm.fineTuning.trainableCount(for: configuration)
            - arm.method.method.trainableCount(for: configuration)
    }

    private mutating func find(_ wanted: Int, of name: String, arm index: Int) {
        let arm = study.arms[index]
        guard let rank = arm.method.rank(training: wanted, on: configuration) else { return }
        let method = arm.method.sized(rank)
        let tables = tableCount(arm)
        let (count, total) = (
            method.method.trainableCount(for: configuration) + tables, wanted + tables
        )
        guard Double(abs(count - total)) <= Self.tolerance * Double(total) else {
            problems.append(
                study.problem(
                    at: "arms[\(index)].match",
                    "no rank that fits comes within 10 % of \(name), which trains \(total) "
                        + "parameters: the nearest, rank \(rank), trains \(count); use another "
                        + "method, or give a `rank`"))
            return
        }
        study.arms[index].method = method
        remarks.append(
            "\(arm.name): rank \(rank) trains \(count) parameters, \(name) \(total); "
                + "no other rank comes nearer")
    }
}
