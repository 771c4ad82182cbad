import RunEvents

/// All that the events of one run, or of several, have said so far, ready for drawing.
struct RunHistory: Sendable, Equatable {
    /// At least one; more where several runs are viewed.
    private(set) var runs = [RunRecord()]
    /// The arms of all runs.
    private(set) var arms: [ArmRecord] = []
    /// Oldest first, run by run where several are read.
    private(set) var log: [LogEntry] = []
    /// The alerts among them, by their places in the log.
    private(set) var alerts: [Int] = []
    /// True if a run is known to be measured otherwise than the first.
    private(set) var differ = false
    private var indexes: [String: Int] = [:]
    /// The step of each arm at the newest moment from which a run that is killed can go on.
    private var safeSteps: [String: Int] = [:]

    /// True if every run has told its end.
    var hasEnded: Bool { runs.allSatisfy { $0.outcome != nil } }

    /// The first run's identity, with the tasks of all runs.
    var identity: RunIdentity? {
        guard var identity = runs[0].identity else { return nil }
        for other in runs.dropFirst().compactMap(\.identity) {
            identity.targetTasks += other.targetTasks.filter { !identity.targetTasks.contains($0) }
            identity.sourceTasks += other.sourceTasks.filter { !identity.sourceTasks.contains($0) }
        }
        return identity
    }

    func arm(named name: String?) -> ArmRecord? {
        name.flatMap { indexes[$0] }.map { arms[$0] }
    }

    func arms(of run: Int) -> [ArmRecord] { arms.filter { $0.run == run } }

    func condition(of run: Int) -> RunRecord.Condition {
        runs[run].condition(of: arms(of: run))
    }

    /// Steps done and planned over all arms of a run.
    func steps(of run: Int) -> (done: Int, planned: Int) {
        let arms = arms(of: run)
        return (arms.map(\.step).saturatingSum, arms.map(\.plannedSteps).saturatingSum)
    }

    /// What every arm has done since the newest moment at which all stood at a checkpoint: it is lost
    /// if the run is killed.
    var unsavedSteps: [(arm: String, steps: Int)] {
        arms.map { ($0.name, $0.step - safeSteps[$0.name, default: 0]) }.filter { $0.1 > 0 }
    }

    /// True if any arm has a number for this choice.
    func has(_ choice: MetricChoice) -> Bool {
        arms.contains { $0.series(of: choice)?.points.isEmpty == false }
    }

    /// The value of a run's base model: the number at step 0 of the first arm that has one.
    func base(of choice: MetricChoice, run: Int) -> Double? {
        arms(of: run).lazy.compactMap { $0.series(of: choice)?.base }.first
    }

    /// The different values that the runs' base models have, in the order of the runs.
    func bases(of choice: MetricChoice) -> [Double] {
        runs.indices.compactMap { base(of: choice, run: $0) }.reduce(into: []) { bases, base in
            if !bases.contains(base) { bases.append(base) }
        }
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
}

// MARK: - Taking in

extension RunHistory {
    mutating func apply(_ stamped: StampedEvent, run: Int = 0) {
        makeRoom(for: run)
        if stamped.seconds.isFinite { runs[run].seconds = max(runs[run].seconds, stamped.seconds) }
        if let entry = LogEntry(stamped, run: run) { add(entry) }
        switch stamped.event {
        case .started(let identity): start(identity, run: run)
        case .observed(let observation):
            let index = index(of: observation.arm, run: run)
            arms[index].record(observation)
            if observation.kind == .train { giveTurn(to: index, state: .training) }
        case .armChanged(let arm, let state, let step):
            change(index(of: arm, run: run), to: state, step: step)
        case .progress(let progress): apply(progress, run: run)
        case .command(let request, let state, let step):
            apply(request, state: state, step: step, run: run)
        case .checkpointSaved(let arm, let step, let path, let bytes):
            arms[index(of: arm, run: run)].checkpoints.append(
                .init(step: step, path: path, bytes: bytes))
            noteSafety()
        case .notice, .items, .scored: break
        case .resumed(let steps): resume(steps, run: run)
        case .finished(let outcome):
            runs[run].outcome = outcome
            runs[run].progress = nil
            if outcome != .interrupted { closeCommands(of: run) }
        }
    }

    /// What nobody has taken by the end of a run is not taken any more.
    private mutating func closeCommands(of run: Int) {
        for index in arms.indices where arms[index].run == run {
            guard arms[index].command?.state == .asked else { continue }
            arms[index].command?.state = .refused(reason: "the run has ended")
        }
    }

    private mutating func noteSafety() {
        guard arms.allSatisfy({ $0.step == $0.checkpoints.last?.step ?? 0 }) else { return }
        safeSteps = Dictionary(arms.map { ($0.name, $0.step) }) { first, _ in first }
    }

    /// Notes that a command goes out, until the run tells of it.
    mutating func ask(_ command: RunCommand, of arm: String) {
        guard let index = indexes[arm] else { return }
        arms[index].command = CommandLife(
            command: command, state: .asked, step: arms[index].step)
    }

    /// Learns whether a process writes a run.
    mutating func note(isWritten: Bool, run: Int) {
        makeRoom(for: run)
        runs[run].isWritten = isWritten
    }

    private mutating func makeRoom(for run: Int) {
        while runs.count <= run { runs.append(RunRecord()) }
    }

    private mutating func start(_ identity: RunIdentity, run: Int) {
        if runs[run].identity == nil {
            runs[run].identity = identity
            noteDifferences(run == 0 ? Array(runs.indices.dropFirst()) : [run])
        }
        runs[run].progress = nil
        for arm in identity.arms {
            let index = index(of: arm.name, run: run, studyArm: arm.studyArm)
            arms[index].identity = arm
        }
    }

    /// Tells which of the runs are measured otherwise than the first.
    private mutating func noteDifferences(_ others: [Int]) {
        guard let first = runs[0].identity else { return }
        for run in others {
            guard let other = runs[run].identity,
                let text = RunDifferences.text(of: other, number: run + 1, beside: first)
            else { continue }
            differ = true
            add(
                LogEntry(seconds: runs[run].seconds, level: .alert, run: run, arm: nil, text: text))
        }
    }

    private mutating func add(_ entry: LogEntry) {
        if entry.level == .alert { alerts.append(log.count) }
        log.append(entry)
    }

    /// The arms are back at their checkpoints, and none of them trains yet.
    private mutating func resume(_ steps: [String: Int], run: Int) {
        runs[run].outcome = nil
        runs[run].progress = nil
        for (arm, step) in steps { arms[index(of: arm, run: run)].step = step }
        for index in arms.indices where arms[index].run == run {
            if arms[index].state.hasTurn { arms[index].state = .waiting }
            arms[index].start = .init(step: arms[index].step, seconds: arms[index].trainingSeconds)
        }
    }

    private mutating func change(_ index: Int, to state: ArmState, step: Int) {
        arms[index].step = step
        if state.hasTurn { giveTurn(to: index, state: state) }
        arms[index].state = state
    }

    /// One arm of a run has the turn at a time: whichever had it before waits.
    private mutating func giveTurn(to index: Int, state: ArmState) {
        for other in arms.indices
        where other != index && arms[other].run == arms[index].run && arms[other].state.hasTurn {
            arms[other].state = .waiting
        }
        if arms[index].state == .waiting || arms[index].state.hasTurn { arms[index].state = state }
    }

    private mutating func apply(_ progress: Progress, run: Int) {
        runs[run].progress = progress
        guard let name = progress.arm else { return }
        let index = index(of: name, run: run)
        arms[index].step = max(arms[index].step, progress.step)
        if progress.tokensPerSecond > 0 { arms[index].tokensPerSecond = progress.tokensPerSecond }
    }

    private mutating func apply(
        _ request: CommandRequest, state: CommandState, step: Int, run: Int
    ) {
        if request.command == .quit { return }
        let life = CommandLife(command: request.command, state: state, step: step)
        let targets =
            request.arm.map { [index(of: $0, run: run)] }
            ?? arms.indices.filter { arms[$0].run == run && !arms[$0].state.isFinal }
        for index in targets {
            arms[index].command = life
            if case .setLearningRate(let rate) = request.command, state == .applied {
                arms[index].changePeak(to: rate, after: step)
            }
        }
    }

    /// The place of an arm, which is made if it has not been heard of.
    private mutating func index(of name: String, run: Int, studyArm: String? = nil) -> Int {
        if let known = indexes[name] { return known }
        let studyArm = studyArm ?? name
        let seed = arms.first { $0.run == run && $0.studyArm == studyArm }
        let letter =
            seed?.letter ?? ArmLetters.letter(for: studyArm, taken: Set(arms.map(\.letter)))
        let place = seed?.index ?? (arms.map(\.index).max() ?? -1) + 1
        arms.append(
            ArmRecord(name: name, studyArm: studyArm, run: run, index: place, letter: letter))
        indexes[name] = arms.count - 1
        return arms.count - 1
    }
}

extension ArmState {
    /// True for what only one arm of a run does at a time.
    var hasTurn: Bool { self == .training || self == .evaluating }
}
