internal import Tensors

/// When an adapter's update is merged into its weights and the adapter starts anew.
package struct Restarts: Sendable, Equatable {
    /// Steps between two restarts.
    package var everySteps: Int
    /// Steps over which the learning rate rises again after each.
    package var warmupSteps: Int

    package init(everySteps: Int, warmupSteps: Int) {
        self.everySteps = everySteps
        self.warmupSteps = warmupSteps
    }

    var problems: [MethodProblem] {
        var problems: [MethodProblem] = []
        if everySteps < 1 {
            problems.append(
                MethodProblem(.restartEvery, "a restart every \(everySteps) steps: use at least 1"))
        }
        if warmupSteps < 0 {
            problems.append(
                MethodProblem(.restartWarmup, "\(warmupSteps) steps of warm-up: use at least 0"))
        }
        return problems
    }

    /// The number of the restart that comes before the step counted from 0; nil if none does.
    package func number(before step: Int) -> Int? {
        step > 0 && step % everySteps == 0 ? step / everySteps : nil
    }

    /// How many restarts there were when so many steps were done.
    package func count(after steps: Int) -> Int { max(0, steps - 1) / everySteps }

    /// The steps before the last restart when so many steps were done.
    package func stepsBeforeLast(after steps: Int) -> Int { count(after: steps) * everySteps }

    /// The share of the scheduled learning rate at a step counted from 0.
    package func factor(at step: Int) -> Double {
        let since = step % everySteps
        return step >= everySteps && since < warmupSteps
            ? Double(since + 1) / Double(warmupSteps) : 1
    }
}

/// What a method with restarts does at one.
protocol Restarting: AnyObject {
    var restarts: Restarts { get }
    /// The projections' weights that the model has for itself, into which updates are merged.
    var ownWeights: [Parameter] { get }
    /// How the adapter describes itself at present.
    var configuration: AdapterConfiguration { get }

    /// Merges, and starts the adapter anew; restarts count from 1.
    func restart(number: Int)

    /// Takes up what depends on the number of restarts alone.
    func resume(after count: Int)
}
