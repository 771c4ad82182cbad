import RunEvents

/// What one chart shows and how.
struct ChartSettings: Equatable, Sendable {
    private(set) var choice: MetricChoice
    private(set) var axis = YAxis.automatic
    /// Smoothing of evaluations and of training numbers, as places in `Smoothing.levels`.
    private var evaluationLevel = 0
    private var trainingLevel = 3

    init(_ choice: MetricChoice) { self.choice = choice }

    var smoothing: Double {
        Smoothing.levels[choice.isDense ? trainingLevel : evaluationLevel]
    }

    /// The chart's heading after its name: metric, unit, the axis in force and what else there is to
    /// know of it, smoothing, direction.
    func remarks(axis: String, notes: [String]) -> [String] {
        [choice.title, choice.definition.unit, axis] + notes + [
            smoothing > 0 ? "smoothing \(NumberText.fixed(smoothing, decimals: 2))" : "",
            choice.better,
        ]
    }

    mutating func smooth(by change: Int) {
        let last = Smoothing.levels.count - 1
        if choice.isDense {
            trainingLevel = min(max(trainingLevel + change, 0), last)
        } else {
            evaluationLevel = min(max(evaluationLevel + change, 0), last)
        }
    }

    /// Goes to the next of `choices` that the run has numbers for.
    mutating func nextMetric(of choices: [MetricChoice], in history: RunHistory) {
        let usable = choices.filter { $0 == choice || history.has($0) }
        guard let index = usable.firstIndex(of: choice) else {
            if let first = usable.first { choose(first) }
            return
        }
        choose(usable[(index + 1) % usable.count])
    }

    mutating func choose(_ choice: MetricChoice) {
        self.choice = choice
        axis = .automatic
    }

    mutating func nextAxis() { axis = axis.next }
}
