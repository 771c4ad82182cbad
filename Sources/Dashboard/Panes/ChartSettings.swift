import RunEvents

/// What one chart shows and how.
struct ChartSettings: Equatable, Sendable {
    private(set) var choice: MetricChoice
    private(set) var isLogarithmic = false
    /// Smoothing of evaluations and of training numbers, as places in `Smoothing.levels`.
    private var evaluationLevel = 0
    private var trainingLevel = 3

    init(_ choice: MetricChoice) { self.choice = choice }

    var smoothing: Double {
        Smoothing.levels[choice.isDense ? trainingLevel : evaluationLevel]
    }

    /// The chart's heading after its name: metric, unit, scale, smoothing, direction.
    var remarks: [String] {
        [
            choice.title, choice.definition?.unit ?? "", isLogarithmic ? "log" : "",
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
        isLogarithmic = false
    }

    /// Switches the y axis; returns why not if a value forbids it.
    mutating func toggleLogarithm(_ history: RunHistory) -> String? {
        if !isLogarithmic {
            let values = history.arms.flatMap { $0.series(of: choice)?.points ?? [] }.map(\.value)
            let refused = values.count { $0 <= 0 }
            if refused > 0 {
                return "no log axis for \(choice.title): \(refused) values are not above 0"
            }
        }
        isLogarithmic.toggle()
        return nil
    }
}
