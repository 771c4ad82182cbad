package import RunEvents

/// The steps whose checkpoints a budget of forgetting asks for, followed while a run goes on: of each
/// trajectory the one that has learned most while it forgot no more than that.
///
/// The rule is that of the verdict with this budget (`BudgetChoice`), so that it finds what it names.
package struct BudgetSteps: Sendable {
    private let budget: Double
    /// What evaluations have said so far.
    private var run: RunState

    /// - Parameters:
    ///   - budget: Nats per token.
    ///   - run: What an interrupted run had said, with what single items added.
    package init(budget: Double, after run: RunState = RunState()) {
        self.budget = budget
        self.run = run
    }

    /// Takes the next event of the run; only what a verdict rests on is kept.
    package mutating func take(_ event: RunEvent) {
        switch event {
        case .observed(let seen) where seen.kind == .target || seen.kind == .source: break
        case .started, .items, .scored, .armChanged, .command: break
        default: return
        }
        run.apply(StampedEvent(seconds: 0, event: event))
    }

    /// The step of a trajectory; nil if nothing of it can be weighed.
    package func step(of trajectory: String) -> Int? {
        guard let input = try? VerdictInput([run]),
            let basis = try? VerdictBasis(of: input.trajectories),
            let own = input.trajectories.first(where: { $0.name == trajectory })
        else { return nil }
        let curve = TrajectoryCurve(
            of: [own], isEnds: basis == .ends, in: input, hasItems: input.hasItems)
        return BudgetChoice.point(of: curve, budget: budget).map { curve.points[$0].step }
    }
}
