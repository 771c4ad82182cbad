import RunEvents

extension StampedEvent {
    /// What is impossible about a stored event; nil if it can have happened.
    ///
    /// Measured values may be any number, `nan` too; counts and clocks may not.
    var problem: String? {
        StoredRange.clock(seconds) ?? event.problem
    }
}

extension RunEvent {
    fileprivate var problem: String? {
        switch self {
        case .started(let identity): Self.problem(identity)
        case .observed(let seen):
            Self.problem(seen.kind) ?? StoredRange.step(seen.step)
                ?? StoredRange.count("tokens", seen.tokens)
                ?? StoredRange.clock(seen.seconds, of: "an arm's clock")
                ?? seen.count.flatMap { StoredRange.count("count", $0) }
        case .armChanged(_, _, let step): StoredRange.step(step)
        case .progress: "progress, which is never stored"
        case .items, .scored: "the scores of items, which are not kept in a log"
        case .command(let request, let state, let step):
            StoredRange.step(step) ?? request.problem(state)
        case .checkpointSaved(_, let step, _, let bytes):
            StoredRange.step(step)
                ?? StoredRange.count("bytes", bytes)
        case .notice(let notice): StoredRange.step(notice.step)
        case .resumed(let arms):
            arms.values.lazy.compactMap { StoredRange.step($0) }.first
        case .finished: nil
        }
    }

    private static func problem(_ kind: ObservationKind) -> String? {
        kind.isMeasured ? nil : "a measurement of the kind \(kind.rawValue)"
    }

    private static func problem(_ identity: RunIdentity) -> String? {
        if identity.evaluateEvery < 1 { return "evaluations every \(identity.evaluateEvery) steps" }
        if Set(identity.arms.map(\.name)).count < identity.arms.count {
            return "two arms of the same name"
        }
        return identity.arms.lazy.compactMap { arm in
            StoredRange.step(arm.plannedSteps, "plannedSteps")
                ?? StoredRange.count("trainableParameters", arm.trainableParameters)
                ?? StoredRange.count("totalParameters", arm.totalParameters)
        }.first
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
