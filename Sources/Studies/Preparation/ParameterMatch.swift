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

    /// How many parameters the other arm trains, or LoRA in place of this arm's method.
    private func count(of name: String, for arm: Study.Arm) -> Int? {
        if let other = study.arms.first(where: { $0.name == name }) {
            return other.method.method.trainableCount(for: configuration)
        }
        return AdapterSize.rankOfLoRA(named: name).map { rank in
            LoRA(rank: rank, alpha: 1, targets: Set(arm.method.targets))
                .trainableCount(for: configuration)
        }
    }

    private mutating func find(_ wanted: Int, of name: String, arm index: Int) {
        let arm = study.arms[index]
        guard let rank = nearestRank(to: wanted, for: arm.method) else { return }
        let method = arm.method.sized(rank)
        let count = method.method.trainableCount(for: configuration)
        let found = "rank \(rank) trains \(count) parameters, \(name) \(wanted)"
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

    /// The smallest of the ranks whose number of parameters is nearest, among those that fit the
    /// model; nil if none does.
    private func nearestRank(to wanted: Int, for method: MethodSettings) -> Int? {
        func fits(_ rank: Int) -> Bool {
            method.sized(rank).method.problems(for: configuration).isEmpty
        }
        func count(_ rank: Int) -> Int {
            method.sized(rank).method.trainableCount(for: configuration)
        }
        let least = AdapterSize.ranks.lowerBound
        let end = first(from: least) { !fits($0) }
        guard end > least else { return nil }
        let above = min(first(from: least) { count($0) >= wanted }, end - 1)
        let below = max(above - 1, least)
        let nearest = [below, above].min { abs(count($0) - wanted) < abs(count($1) - wanted) }
        // Several ranks may train as many.
        return nearest.map { nearest in first(from: least) { count($0) >= count(nearest) } }
    }

    /// The first rank from which on a condition holds; one past the last if it never does.
    private func first(from least: Int, _ holds: (Int) -> Bool) -> Int {
        var (low, high) = (least, AdapterSize.ranks.upperBound + 1)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
