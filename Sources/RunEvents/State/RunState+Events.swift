extension RunState {
    /// Takes the next event of the run into account.
    package mutating func apply(_ stamped: StampedEvent) {
        if stamped.seconds.isFinite { seconds = max(seconds, stamped.seconds) }
        commands.take(stamped.event, at: position.moment)
        position.take(stamped.event)
        if stamped.event.isTiding { tidings.append(stamped) }
        switch stamped.event {
        case .started(let identity): start(identity)
        case .observed(let seen): record(seen)
        case .items(let set): items[set.key] = set
        case .scored(let scores): trajectories[place(of: scores.arm)].record(scores)
        case .armChanged(let arm, let state, let step): change(arm, to: state, step: step)
        case .progress(let progress): take(progress)
        case .command(let request, let state, let step): take(request, state, step: step)
        case .checkpointSaved(let arm, let step, let path, let bytes):
            trajectories[place(of: arm)].save(step: step, path: path, bytes: bytes)
            noteSafety()
        case .notice: break
        case .resumed(let steps): goOn(from: steps)
        case .finished(let outcome): end(outcome)
        }
    }

    /// Notes that a command is on its way to a trajectory, until the run tells of it.
    package mutating func note(_ command: RunCommand, askedOf name: String) {
        guard let index = places[name] else { return }
        trajectories[index].take(
            CommandLife(command: command, state: .asked, step: trajectories[index].step))
    }

    private mutating func start(_ identity: RunIdentity) {
        self.identity = identity
        (outcome, progress) = (nil, nil)
        let names = Set(identity.arms.map(\.name))
        trajectories =
            identity.arms.map { arm in
                var trajectory = trajectory(named: arm.name) ?? TrajectoryState(name: arm.name)
                trajectory.identity = arm
                return trajectory
            } + trajectories.filter { !names.contains($0.name) }
        notePlaces()
    }

    private mutating func record(_ seen: Observation) {
        let index = place(of: seen.arm)
        trajectories[index].record(seen)
        if seen.kind == .train, trajectories[index].state != .training {
            giveTurn(to: index, state: .training)
        }
    }

    private mutating func change(_ arm: String, to state: ArmState, step: Int) {
        let index = place(of: arm)
        trajectories[index].step = step
        if state.hasTurn { giveTurn(to: index, state: state) }
        trajectories[index].enter(state)
    }

    /// One trajectory of a run has the turn at a time: whichever had it before waits.
    private mutating func giveTurn(to index: Int, state: ArmState) {
        for other in trajectories.indices where other != index { trajectories[other].loseTurn() }
        let present = trajectories[index].state
        if present == .waiting || present.hasTurn { trajectories[index].state = state }
    }

    private mutating func take(_ progress: Progress) {
        self.progress = progress
        if let arm = progress.arm { trajectories[place(of: arm)].take(progress) }
    }

    private mutating func take(_ request: CommandRequest, _ state: CommandState, step: Int) {
        if request.command == .quit { return }
        let life = CommandLife(command: request.command, state: state, step: step)
        for index in places(concernedBy: request) { trajectories[index].take(life) }
    }

    /// The trajectory of that name, or those of the study's arm, or all; but for the first, those that
    /// have not ended.
    private mutating func places(concernedBy request: CommandRequest) -> [Int] {
        let going = trajectories.indices.filter { !trajectories[$0].state.isFinal }
        guard let name = request.arm else { return going }
        let isArm = trajectories.contains { $0.identity?.studyArm == name }
        if trajectory(named: name) == nil, isArm {
            return going.filter { trajectories[$0].identity?.studyArm == name }
        }
        return [place(of: name)]
    }

    private mutating func noteSafety() {
        guard isSettled else { return }
        for index in trajectories.indices {
            trajectories[index].safeStep = trajectories[index].checkpoints.last?.step ?? 0
        }
    }

    /// The trajectories are back at their checkpoints.
    private mutating func goOn(from steps: [String: Int]) {
        (outcome, progress) = (nil, nil)
        for (arm, step) in steps { trajectories[place(of: arm)].step = step }
        for index in trajectories.indices { trajectories[index].goOn() }
    }

    private mutating func end(_ outcome: RunOutcome) {
        (self.outcome, progress) = (outcome, nil)
        guard outcome != .interrupted else { return }
        for index in trajectories.indices { trajectories[index].closeCommand() }
    }

    /// The place of a trajectory, which is made if it has not been heard of.
    private mutating func place(of name: String) -> Int {
        if let known = places[name] { return known }
        trajectories.append(TrajectoryState(name: name))
        places[name] = trajectories.count - 1
        return trajectories.count - 1
    }
}

extension RunEvent {
    /// Whether a person is told of the event in a line of its own.
    fileprivate var isTiding: Bool {
        switch self {
        case .observed, .items, .scored, .progress: false
        case .armChanged(_, let state, _): state == .paused || state.isFinal
        case .started, .command, .checkpointSaved, .notice, .resumed, .finished: true
        }
    }
}
