internal import Adapters
internal import Models

/// Finds the ranks of arms that are to train as many parameters as another.
struct ParameterMatch {
    /// The study, its arms with the ranks that were found.
    private(set) var study: Study
    private(set) var problems: [StudyProblem] = []
    /// What was found, in words.
    private(set) var remarks: [String] = []
    private let configuration: ModelConfiguration

    /// Finds all of them; the ranks depend on the study and on the model's sizes alone.
    init(_ study: Study, on configuration: ModelConfiguration) {
        self.study = study
        self.configuration = configuration
        for (index, arm) in study.arms.enumerated() {
            guard case .match(let name)? = arm.method.size, let wanted = count(of: name, for: arm)
            else { continue }
            find(wanted, of: name, arm: index)
        }
    }

    /// How many parameters are left to the arm's method, beside trained tables, if it is to train as
    /// many as another arm; or as LoRA in its place.
    private func count(of name: String, for arm: Study.Arm) -> Int? {
        if let other = study.arms.first(where: { $0.name == name }) {
            return other.fineTuning.trainableCount(for: configuration) - tableCount(arm)
        }
        return AdapterSize.rankOfLoRA(named: name).map { rank in
            LoRA(rank: rank, alpha: 1, targets: Set(arm.method.targets))
                .trainableCount(for: configuration)
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
        let count = method.method.trainableCount(for: configuration)
        let tables = tableCount(arm)
        let found =
            "rank \(rank) trains \(count + tables) parameters, \(name) \(wanted + tables)"
        guard count <= 2 * wanted && wanted <= 2 * count else {
            problems.append(
                study.problem(
                    at: "arms[\(index)].match",
                    "no rank comes near: \(found); use another method, or give a `rank`"))
            return
        }
        study.arms[index].method = method
        remarks.append("\(arm.name): \(found); no other rank comes nearer")
    }
}
