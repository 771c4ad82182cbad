import RunEvents

/// When a verdict has to be made anew: after new scores and for another question, one request at a time.
struct VerdictRequests: Sendable, Equatable {
    private(set) var reading = VerdictReading.waiting
    private var isStale = false
    private var isAsked = false
    /// What was asked last.
    private var asked = VerdictQuestion()

    /// Scores and ends change a verdict; what is told of an evaluation comes close together.
    mutating func hear(_ event: RunEvent) {
        switch event {
        case .observed(let seen): isStale = isStale || seen.kind == .target || seen.kind == .source
        case .scored: isStale = true
        case .armChanged(_, let state, _): isStale = isStale || state.isFinal
        default: break
        }
    }

    /// All that a run has said so far may hold scores.
    mutating func hear(_ state: RunState) {
        isStale = isStale || state.trajectories.contains { $0.evaluatedStep != nil }
    }

    /// Whether to ask for a verdict now.
    mutating func due(_ history: RunHistory, _ question: VerdictQuestion) -> Bool {
        let isOther = question != asked && reading != .waiting
        guard isStale || isOther, !isAsked, history.canBeJudged else { return false }
        (isStale, isAsked, asked) = (false, true, question)
        return true
    }

    /// Whether what is read answers another question than this one.
    func isBehind(_ question: VerdictQuestion) -> Bool {
        reading.told.map { $0.question != question } ?? (isAsked && reading != .waiting)
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
