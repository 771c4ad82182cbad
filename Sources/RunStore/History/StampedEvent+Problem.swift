import RunEvents

extension StampedEvent {
    /// What is impossible about a stored event; nil if it can have happened.
    ///
    /// Measured values may be any number, `nan` too; counts and clocks may not.
    var problem: String? {
        guard seconds >= 0, seconds.isFinite else { return "a clock at \(seconds) s" }
        return event.problem
    }
}

extension RunEvent {
    /// More steps than a study can ask for, and more tokens, bytes or parameters than anything has.
    private static let steps = 0...1_000_000_000
    private static let counts = 0...1_000_000_000_000_000

    fileprivate var problem: String? {
        switch self {
        case .started(let identity): Self.problem(identity)
        case .observed(let seen):
            Self.outOfRange("step", seen.step, Self.steps)
                ?? Self.outOfRange("tokens", seen.tokens, Self.counts)
                ?? (seen.seconds >= 0 && seen.seconds.isFinite
                    ? nil : "an arm's clock at \(seen.seconds) s")
                ?? seen.count.flatMap { Self.outOfRange("count", $0, Self.counts) }
        case .armChanged(_, _, let step): Self.outOfRange("step", step, Self.steps)
        case .progress: "progress, which is never stored"
        case .items, .scored: "the scores of items, which are not kept in a log"
        case .command(let request, let state, let step):
            Self.outOfRange("step", step, Self.steps) ?? request.problem(state)
        case .checkpointSaved(_, let step, _, let bytes):
            Self.outOfRange("step", step, Self.steps)
                ?? Self.outOfRange("bytes", bytes, Self.counts)
        case .notice(let notice): Self.outOfRange("step", notice.step, Self.steps)
        case .resumed(let arms):
            arms.values.lazy.compactMap { Self.outOfRange("step", $0, Self.steps) }.first
        case .finished: nil
        }
    }

    private static func problem(_ identity: RunIdentity) -> String? {
        if identity.evaluateEvery < 1 { return "evaluations every \(identity.evaluateEvery) steps" }
        if Set(identity.arms.map(\.name)).count < identity.arms.count {
            return "two arms of the same name"
        }
        return identity.arms.lazy.compactMap { arm in
            outOfRange("plannedSteps", arm.plannedSteps, steps)
                ?? outOfRange("trainableParameters", arm.trainableParameters, counts)
                ?? outOfRange("totalParameters", arm.totalParameters, counts)
        }.first
    }

    private static func outOfRange(
        _ name: String, _ value: Int, _ range: ClosedRange<Int>
    ) -> String? {
        range.contains(value) ? nil : "\(name) \(value)"
    }

    /// The arms that the event speaks of.
    var arms: [String] {
        switch self {
        case .started, .items, .finished: []
        case .scored(let scores): [scores.arm]
        case .observed(let seen): [seen.arm]
        case .armChanged(let arm, _, _), .checkpointSaved(let arm, _, _, _): [arm]
        case .progress(let progress): progress.arm.map { [$0] } ?? []
        case .command(_, .refused, _): []
        case .command(let request, _, _): request.arm.map { [$0] } ?? []
        case .notice(let notice): notice.arm.map { [$0] } ?? []
        case .resumed(let arms): Array(arms.keys)
        }
    }
}

extension CommandRequest {
    /// More commands than anybody gives.
    private static let numbers = 0...1_000_000_000_000

    /// What is impossible about a command that has come so far.
    func problem(_ state: CommandState) -> String? {
        guard Self.numbers.contains(id) else { return "a command with the number \(id)" }
        if case .setLearningRate(let rate) = command, state == .applied,
            !(rate > 0 && rate.isFinite)
        {
            return "a learning rate of \(rate)"
        }
        return nil
    }
}
