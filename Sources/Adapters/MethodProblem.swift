/// Something about a method that does not fit a model.
package struct MethodProblem: Sendable, Equatable, CustomStringConvertible {
    /// What it is about; the raw values are the keys of study files.
    package enum Setting: String, Sendable {
        case rank, alpha, dropout, targets, ratio, parts, last
        /// Where VeRA's inner scales start.
        case start = "init"
        case restartEvery = "restart_every"
        case restartWarmup = "restart_warmup"
        case tableLearningRate = "embedding_learning_rate"
        case noise = "neftune_alpha"
    }

    package let setting: Setting
    /// What is wrong, and what to do: where there is one, the largest value that fits.
    package let text: String

    init(_ setting: Setting, _ text: String) {
        self.setting = setting
        self.text = text
    }

    package var description: String { "\(setting.rawValue): \(text)" }
}
