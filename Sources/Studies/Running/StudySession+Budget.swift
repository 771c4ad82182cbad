internal import RunEvents

/// What happens when a trajectory has forgotten more than the study allows.
extension StudySession {
    /// Tells that an arm has just come to forget more than the budget, and does what the study says
    /// then; at its last step there is nothing left to do.
    func heedBudget(_ arm: ArmRun) throws {
        guard let budget = study.budget,
            let forgetting = journal.forgetting.crossing(of: arm.name, over: budget.forgetting)
        else { return }
        try journal.emit(
            .notice(
                Notice(
                    level: .alert, arm: arm.name, step: arm.step,
                    text: "has forgotten \(forgetting) nats per token, more than the budget of "
                        + "\(budget.forgetting)")))
        guard !arm.state.isFinal, arm.step < arm.settings.steps else { return }
        switch budget.consequence {
        case .alert: return
        case .pause: try arm.enter(.paused, journal)
        case .stop:
            // What a command breaks off here is not repeated: the arm has ended.
            _ = try evaluateAtEnd(arm)
            try arm.enter(.stopped, journal)
        }
        try save(arm)
    }
}

/// Follows what each trajectory has forgotten.
struct ForgettingWatch {
    private static let key = MetricDefinition.forgetting.key(task: MetricDefinition.textTask)

    private var before: [String: Double] = [:]
    private var now: [String: Double]

    /// - Parameter now: What was measured last of each trajectory.
    init(_ now: [String: Double] = [:]) { self.now = now }

    mutating func take(_ event: RunEvent) {
        guard case .observed(let seen) = event, seen.key == Self.key else { return }
        before[seen.arm] = now[seen.arm]
        now[seen.arm] = seen.value
    }

    /// What was measured last, if that is more than a budget and what was measured before was not.
    func crossing(of arm: String, over budget: Double) -> Double? {
        guard let now = now[arm], now > budget, !(before[arm].map { $0 > budget } ?? false)
        else { return nil }
        return now
    }
}
