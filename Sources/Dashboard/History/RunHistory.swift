import RunEvents

/// All that a run's events have said so far, ready for drawing.
struct RunHistory: Sendable, Equatable {
    private(set) var identity: RunIdentity?
    private(set) var arms: [ArmRecord] = []
    /// Oldest first.
    private(set) var log: [LogEntry] = []
    private(set) var progress: Progress?
    private(set) var outcome: RunOutcome?
    /// The moment of the newest event, in seconds of the run.
    private(set) var seconds = 0.0
    private var indexes: [String: Int] = [:]

    var hasEnded: Bool { outcome != nil }

    func arm(named name: String?) -> ArmRecord? {
        name.flatMap { indexes[$0] }.map { arms[$0] }
    }

    /// Steps done and planned over all arms.
    var steps: (done: Int, planned: Int) {
        (arms.map(\.step).saturatingSum, arms.map(\.plannedSteps).saturatingSum)
    }

    /// True if any arm has a number for this choice.
    func has(_ choice: MetricChoice) -> Bool {
        arms.contains { $0.series(of: choice)?.points.isEmpty == false }
    }

    /// The base model's value: the first arm's number at step 0.
    func base(of choice: MetricChoice) -> Double? {
        for arm in arms {
            if let base = arm.series(of: choice)?.base { return base }
        }
        return nil
    }

    /// The largest position on an axis that any arm has reached.
    func newest(on axis: XAxis) -> Double {
        arms.reduce(0) { most, arm in
            switch axis {
            case .step: max(most, Double(arm.step))
            case .tokens: max(most, Double(arm.tokens))
            case .seconds: max(most, arm.seconds)
            }
        }
    }

    mutating func apply(_ stamped: StampedEvent) {
        if stamped.seconds.isFinite { seconds = max(seconds, stamped.seconds) }
        if let entry = LogEntry(stamped) { log.append(entry) }
        switch stamped.event {
        case .started(let identity): start(identity)
        case .observed(let observation):
            arms[index(of: observation.arm)].record(observation)
        case .armChanged(let arm, let state, let step): change(arm, to: state, step: step)
        case .progress(let progress): apply(progress)
        case .command(let request, let state, let step): apply(request, state: state, step: step)
        case .checkpointSaved(let arm, let step, let path, let bytes):
            arms[index(of: arm)].checkpoints.append(.init(step: step, path: path, bytes: bytes))
        case .notice: break
        case .resumed(let steps):
            outcome = nil
            for (arm, step) in steps { arms[index(of: arm)].step = step }
        case .finished(let outcome):
            self.outcome = outcome
            progress = nil
        }
    }

    private mutating func start(_ identity: RunIdentity) {
        if self.identity == nil { self.identity = identity }
        for arm in identity.arms {
            if let known = indexes[arm.name] {
                arms[known].identity = arm
                arms[known].peakLearningRate = arms[known].peakLearningRate ?? arm.learningRate
            } else {
                add(arm.name, identity: arm)
            }
        }
    }

    private mutating func change(_ name: String, to state: ArmState, step: Int) {
        let index = index(of: name)
        arms[index].state = state
        arms[index].step = step
    }

    private mutating func apply(_ progress: Progress) {
        self.progress = progress
        guard let name = progress.arm else { return }
        let index = index(of: name)
        arms[index].step = max(arms[index].step, progress.step)
        if progress.tokensPerSecond > 0 { arms[index].tokensPerSecond = progress.tokensPerSecond }
    }

    private mutating func apply(_ request: CommandRequest, state: CommandState, step: Int) {
        let life = CommandLife(command: request.command, state: state, step: step)
        let targets =
            request.arm.map { [index(of: $0)] } ?? arms.indices.filter { !arms[$0].state.isFinal }
        for index in targets {
            arms[index].command = life
            if case .setLearningRate(let rate) = request.command, state == .applied {
                arms[index].peakLearningRate = rate
            }
        }
    }

    /// The place of an arm, which is made if it has not been heard of.
    private mutating func index(of name: String) -> Int {
        indexes[name] ?? add(name, identity: nil)
    }

    @discardableResult
    private mutating func add(_ name: String, identity: ArmIdentity?) -> Int {
        let letter = ArmLetters.letter(for: name, taken: Set(arms.map(\.letter)))
        arms.append(ArmRecord(name: name, index: arms.count, letter: letter, identity: identity))
        indexes[name] = arms.count - 1
        return arms.count - 1
    }
}
