import RunEvents

/// In what two runs on one screen are measured differently, so that their numbers cannot be compared.
enum RunDifferences {
    /// One line about run `number` (from 1) beside the first; nil if nothing is known to differ.
    static func text(
        of other: RunIdentity, number: Int, beside first: RunIdentity
    ) -> String? {
        var parts = differences(keys(of: other), keys(of: first))
        if let ours = other.evaluation, let theirs = first.evaluation {
            parts += differences(ours, theirs)
        } else if other.evaluation != first.evaluation {
            parts.append("evaluation settings that only one of them tells")
        }
        guard !parts.isEmpty else { return nil }
        return "run \(number) is not measured as run 1: " + parts.joined(separator: "; ")
    }

    /// Why runs cannot be judged together, as far as they tell: they are of different studies, or are
    /// not measured alike; nil if they can.
    static func keepingApart(_ runs: [RunState]) -> String? {
        let told = runs.compactMap(\.identity)
        guard let first = told.first else { return nil }
        for (index, other) in told.enumerated().dropFirst() {
            guard other.study == first.study else {
                return "run \(index + 1) is of the study \(other.study), run 1 of \(first.study)"
            }
            if let text = text(of: other, number: index + 1, beside: first) { return text }
        }
        return nil
    }

    private static func differences(
        _ ours: [String: String], _ theirs: [String: String]
    ) -> [String] {
        Set(ours.keys).union(theirs.keys).sorted().compactMap { key in
            let (own, other) = (ours[key] ?? "untold", theirs[key] ?? "untold")
            return own == other ? nil : "\(key) \(own), not \(other)"
        }
    }

    private static func keys(of identity: RunIdentity) -> [String: String] {
        [
            "base": identity.base, "target.domain": identity.domain,
            "target.tasks": list(identity.targetTasks),
            "source.tasks": list(identity.sourceTasks),
            "evaluate.every": String(identity.evaluateEvery),
        ]
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: " ")
    }
}
