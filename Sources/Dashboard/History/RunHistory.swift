import RunEvents

/// What the runs on the screen have said so far, and how their arms are drawn.
///
/// What each run has said is its `RunState`; several of them share letters, colours and one log.
struct RunHistory: Sendable {
    /// At least one; more where several runs are viewed.
    private(set) var runs = [RunRecord()]
    /// Oldest first, run by run where several are read.
    private(set) var log: [LogEntry] = []
    /// The alerts among them, by their places in the log.
    private(set) var alerts: [Int] = []
    /// True if a run is known to be measured otherwise than the first.
    private(set) var differ = false
    /// The arms of all runs, in the order in which they were heard of.
    private var marks: [Known] = []
    /// Made once for all that read them between two changes.
    ///
    /// They are let go before a change, for they share what the runs have said, which would be copied
    /// otherwise.
    private var records = Once<[ArmRecord]>()

    private struct Known: Equatable {
        var mark: ArmRecord.Mark
        /// What its run calls it.
        var trajectory: String
    }

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

    /// The arms of all runs.
    var arms: [ArmRecord] { records.value { marks.compactMap(record) } }

    func arm(named name: String?) -> ArmRecord? {
        name.flatMap { name in arms.first { $0.name == name } }
    }

    /// The trajectories that a line is about.
    func arms(of line: ArmLine) -> [ArmRecord] { arms.filter(line.holds) }

    /// All trajectories of an arm of the study.
    func trajectories(of studyArm: String) -> [ArmRecord] { arms(of: .arm(studyArm)) }

    func arms(of run: Int) -> [ArmRecord] {
        runs.count == 1 ? arms : arms.filter { $0.run == run }
    }

    private func record(_ known: Known) -> ArmRecord? {
        runs[known.mark.run].state.trajectory(named: known.trajectory).map {
            ArmRecord(mark: known.mark, trajectory: $0)
        }
    }

    func condition(of run: Int) -> RunRecord.Condition { runs[run].condition }

    /// What an arm of a run is called on the screen.
    func name(of arm: String, run: Int) -> String {
        runs.count == 1 ? arm : "\(run + 1)/\(arm)"
    }

    /// Steps done and planned over all arms of a run.
    func steps(of run: Int) -> (done: Int, planned: Int) {
        let arms = arms(of: run)
        return (arms.map(\.step).saturatingSum, arms.map(\.plannedSteps).saturatingSum)
    }

    /// What every arm has done, with all of its trajectories, since the newest moment at which all stood
    /// at a checkpoint: it is lost if the run is killed.
    var unsavedSteps: [(arm: String, steps: Int)] {
        ArmGroup.groups(of: arms).map { group in
            (
                group.trajectories[0].studyArm,
                group.trajectories.map { $0.step - $0.safeStep }.saturatingSum
            )
        }.filter { $0.1 > 0 }
    }

    /// True if any arm has a number for this choice.
    func has(_ choice: MetricChoice) -> Bool {
        arms.contains { $0.series(of: choice)?.isEmpty == false }
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

    /// Whether any arm has several trajectories.
    var hasGrid: Bool { Set(arms.lazy.map(\.studyArm)).count < arms.count }

    /// The steps of the longest plan.
    var plannedSteps: Int { arms.lazy.map(\.plannedSteps).max() ?? 0 }

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
    /// Takes the next event of a run into account.
    mutating func apply(_ stamped: StampedEvent, run: Int = 0) {
        change()
        makeRoom(for: run)
        let isNew = runs[run].identity == nil
        runs[run].state.apply(stamped)
        if let entry = entry(stamped, run: run) { add(entry) }
        adopt(run, isNew: isNew)
    }

    /// Takes over all that a run has said so far.
    mutating func take(_ state: RunState, run: Int = 0) {
        change()
        makeRoom(for: run)
        let isNew = runs[run].identity == nil
        runs[run].state = state
        for stamped in state.tidings {
            if let entry = entry(stamped, run: run) { add(entry) }
        }
        adopt(run, isNew: isNew)
    }

    /// Notes that a command goes out to trajectories, until the run tells of it.
    mutating func ask(_ command: RunCommand, of names: [String]) {
        change()
        for known in marks where names.contains(known.mark.name) {
            runs[known.mark.run].state.note(command, askedOf: known.trajectory)
        }
    }

    /// Learns whether a process writes a run.
    mutating func note(isWritten: Bool, run: Int) {
        change()
        makeRoom(for: run)
        runs[run].isWritten = isWritten
    }

    private mutating func change() {
        if records.isMade { records = Once() }
    }

    private mutating func makeRoom(for run: Int) {
        guard runs.count <= run else { return }
        while runs.count <= run { runs.append(RunRecord()) }
        // What stood alone so far is told from the others now.
        marks = []
        for run in runs.indices { markArms(of: run) }
    }

    private func entry(_ stamped: StampedEvent, run: Int) -> LogEntry? {
        guard var entry = LogEntry(stamped, run: run) else { return nil }
        guard let arm = entry.arm else { return entry }
        entry.arm = name(of: arm, run: run)
        if case .command(_, .asked, _) = stamped.event {
            let state = runs[run].state
            if state.trajectory(named: arm) == nil,
                state.trajectories.count(where: { $0.identity?.studyArm == arm }) > 1
            {
                entry.text += ", of all its trajectories that go on"
            }
        }
        return entry
    }

    private mutating func add(_ entry: LogEntry) {
        if entry.level == .alert { alerts.append(log.count) }
        log.append(entry)
    }

    private mutating func adopt(_ run: Int, isNew: Bool) {
        let known = marks.count { $0.mark.run == run }
        if known < runs[run].trajectories.count { markArms(of: run) }
        if isNew, runs[run].identity != nil {
            noteDifferences(run == 0 ? Array(runs.indices.dropFirst()) : [run])
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

    private mutating func markArms(of run: Int) {
        let known = Set(marks.lazy.filter { $0.mark.run == run }.map(\.trajectory))
        for trajectory in runs[run].trajectories where !known.contains(trajectory.name) {
            let mark = mark(of: trajectory, run: run)
            marks.append(Known(mark: mark, trajectory: trajectory.name))
        }
    }

    private func mark(of trajectory: TrajectoryState, run: Int) -> ArmRecord.Mark {
        let studyArm = name(of: trajectory.identity?.studyArm ?? trajectory.name, run: run)
        let seed = marks.first { $0.mark.run == run && $0.mark.studyArm == studyArm }?.mark
        let taken = Set(marks.map(\.mark.letter))
        return ArmRecord.Mark(
            name: name(of: trajectory.name, run: run), studyArm: studyArm, run: run,
            index: seed?.index ?? (marks.map(\.mark.index).max() ?? -1) + 1,
            letter: seed?.letter ?? ArmLetters.letter(for: studyArm, taken: taken))
    }
}
