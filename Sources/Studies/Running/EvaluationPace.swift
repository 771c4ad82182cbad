/// How long an evaluation still takes: by its own pace, and by that of the one before.
///
/// An evaluation goes through the same tasks every time, one after another.
final class EvaluationPace {
    private struct Stage {
        let task: String
        let total: Int
        let start: ContinuousClock.Instant
        var done: Int
    }

    private let clock = ContinuousClock()
    /// Seconds of each task of the last whole evaluation.
    private var last: [Double] = []
    private var ended: [Double] = []
    private var stage: Stage?

    /// An evaluation begins.
    func begin() { (ended, stage) = ([], nil) }

    /// The evaluation is whole.
    func end() {
        closeStage()
        last = ended
    }

    /// Takes note of how many items of a task are done.
    ///
    /// - Returns: Seconds to the end of the evaluation, in a first one to that of the task; nil while
    ///   there is nothing to go by.
    func secondsLeft(_ task: String, done: Int, of total: Int) -> Double? {
        if stage.map({ ($0.task, $0.total) != (task, total) || done < $0.done }) ?? true {
            closeStage()
            stage = Stage(task: task, total: total, start: clock.now, done: done)
        }
        stage?.done = done
        let later = last.dropFirst(ended.count + 1).reduce(0, +)
        return secondsLeftOfStage.map { $0 + later }
    }

    private var secondsLeftOfStage: Double? {
        guard let stage else { return nil }
        let elapsed = (clock.now - stage.start) / .seconds(1)
        if stage.done > 0 { return elapsed * Double(stage.total - stage.done) / Double(stage.done) }
        return last.indices.contains(ended.count) ? max(0, last[ended.count] - elapsed) : nil
    }

    private func closeStage() {
        guard let stage else { return }
        ended.append((clock.now - stage.start) / .seconds(1))
        self.stage = nil
    }
}
