import RunEvents

/// When a verdict has to be made anew: after new scores, one request at a time.
struct VerdictRequests: Sendable, Equatable {
    private(set) var reading = VerdictReading.waiting
    private var isStale = false
    private var isAsked = false

    /// Scores and ends change a verdict; what is told of an evaluation comes close together.
    mutating func hear(_ event: RunEvent) {
        switch event {
        case .observed(let seen): isStale = isStale || seen.kind == .target || seen.kind == .source
        case .armChanged(_, let state, _): isStale = isStale || state.isFinal
        default: break
        }
    }

    /// All that a run has said so far may hold scores.
    mutating func hear(_ state: RunState) {
        isStale = isStale || state.trajectories.contains { $0.evaluatedStep != nil }
    }

    /// Whether to ask for a verdict now.
    mutating func due(_ history: RunHistory) -> Bool {
        guard isStale, !isAsked, history.canBeJudged else { return false }
        (isStale, isAsked) = (false, true)
        return true
    }

    mutating func take(_ reading: VerdictReading) {
        self.reading = reading
        isAsked = false
    }
}

extension RunHistory {
    /// Whether there are arms to compare.
    var canBeJudged: Bool { Set(arms.map(\.studyArm)).count > 1 }
}
