/// A level to compare the curves with: the score of a base model.
struct ReferenceLine: Sendable, Equatable {
    var value: Double
    /// Stands at the line's right end, away from where curves start, where several have to be told apart.
    var label = ""
}

extension ReferenceLine {
    /// The bases of the runs that are viewed; where these differ, each with the numbers of its runs.
    static func bases(of choice: MetricChoice, in history: RunHistory) -> [ReferenceLine] {
        let values = history.bases(of: choice)
        guard values.count > 1 else { return values.map { ReferenceLine(value: $0) } }
        return values.map { value in
            let runs = history.runs.indices.filter { history.base(of: choice, run: $0) == value }
            return ReferenceLine(
                value: value, label: runs.map { String($0 + 1) }.joined(separator: ","))
        }
    }

    /// `base 3.200`, or `base 1 3.200  2 2.500`; nil without any.
    static func text(_ bases: [ReferenceLine]) -> String? {
        guard !bases.isEmpty else { return nil }
        let parts = bases.map {
            ($0.label.isEmpty ? "" : $0.label + " ") + NumberText.value($0.value)
        }
        return "base " + parts.joined(separator: "  ")
    }
}
