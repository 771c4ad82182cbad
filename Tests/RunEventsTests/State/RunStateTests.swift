import RunEvents
import Testing

@Suite struct RunStateTests {
    private static func arm(_ name: String, of studyArm: String? = nil) -> ArmIdentity {
        ArmIdentity(
            name: name, method: "full", rank: nil, seed: 0, plannedSteps: 100, learningRate: 1e-3,
            trainableParameters: 1, totalParameters: 2, studyArm: studyArm)
    }

    private static func identity(_ names: [String]) -> RunIdentity {
        RunIdentity(
            run: "r", study: "s", base: "tiny", domain: "code", targetTasks: ["code"],
            sourceTasks: ["text"], evaluateEvery: 20, arms: names.map { arm($0) })
    }

    private static func seen(
        _ arm: String, _ step: Int, _ kind: ObservationKind = .train, _ metric: String = "loss",
        _ value: Double = 1
    ) -> RunEvent {
        .observed(
            Observation(
                arm: arm, step: step, tokens: step * 10, seconds: Double(step), kind: kind,
                metric: metric, value: value))
    }

    private static func saved(_ arm: String, _ step: Int) -> RunEvent {
        .checkpointSaved(arm: arm, step: step, path: "c/\(arm)/\(step)", bytes: 7)
    }

    private static func command(
        _ command: RunCommand, _ arm: String?, _ state: CommandState, step: Int = 3
    ) -> RunEvent {
        let request = CommandRequest(id: 1, command: command, arm: arm, origin: "keyboard")
        return .command(request, state: state, step: step)
    }

    private func state(_ events: [RunEvent]) -> RunState {
        RunState(
            after: events.enumerated().map {
                StampedEvent(seconds: Double($0.offset), event: $0.element)
            })
    }

    @Test("trajectories stand in the order of the identity, with what was heard of them before")
    func order() throws {
        let run = state([
            Self.seen("stray", 4), Self.seen("b", 2), .started(Self.identity(["a", "b"])),
        ])
        #expect(run.trajectories.map(\.name) == ["a", "b", "stray"])
        #expect(run.trajectory(named: "b")?.step == 2)
        #expect(run.trajectory(named: "stray")?.identity == nil)
        #expect(run.trajectory(named: "c") == nil)
        #expect(run.seconds == 2)
    }

    @Test("a second start adds trajectories and keeps what the others have done")
    func secondStart() {
        let run = state([
            .started(Self.identity(["a"])), Self.seen("a", 5), .finished(.completed),
            .started(Self.identity(["b", "a"])),
        ])
        #expect(run.trajectories.map(\.name) == ["b", "a"])
        #expect(run.trajectories.map(\.step) == [0, 5])
        #expect(run.outcome == nil && !run.isOver)
    }

    @Test("one trajectory has the turn at a time")
    func turns() {
        var run = state([
            .started(Self.identity(["a", "b"])), .armChanged(arm: "a", state: .training, step: 0),
            Self.seen("b", 1),
        ])
        #expect(run.trajectories.map(\.state) == [.waiting, .training])
        run.apply(StampedEvent(seconds: 9, event: .armChanged(arm: "a", state: .paused, step: 2)))
        run.apply(StampedEvent(seconds: 9, event: Self.seen("a", 3)))
        #expect(run.trajectories.map(\.state) == [.paused, .waiting])
    }

    @Test("a paused trajectory stays paused while it is evaluated")
    func pause() {
        var run = state([.armChanged(arm: "a", state: .paused, step: 2)])
        for (next, isPaused) in [(ArmState.evaluating, true), (.waiting, false)] {
            run.apply(StampedEvent(seconds: 9, event: .armChanged(arm: "a", state: next, step: 2)))
            #expect(run.trajectory(named: "a")?.isPaused == isPaused)
        }
    }

    @Test("a checkpoint holds the peak that a command had set by then")
    func peaks() throws {
        let run = state([
            .started(Self.identity(["a"])), Self.saved("a", 0),
            Self.command(.setLearningRate(5e-4), "a", .asked),
            Self.command(.setLearningRate(5e-4), "a", .applied), Self.saved("a", 4),
            Self.command(.setLearningRate(1), nil, .applied, step: 9),
        ])
        let arm = try #require(run.trajectory(named: "a"))
        #expect(arm.checkpoints.map(\.changedPeak) == [nil, 5e-4])
        #expect(arm.peakLearningRate == 1 && arm.peakChange == 9)
        #expect(arm.command == CommandLife(command: .setLearningRate(1), state: .applied, step: 9))
    }

    @Test("a rate that a command changed is told before the next step has used it")
    func learningRate() throws {
        let run = state([
            .started(Self.identity(["a"])), Self.seen("a", 1, .train, "learning_rate", 2e-4),
            Self.command(.setLearningRate(5e-4), "a", .applied),
        ])
        let rate = try #require(run.trajectory(named: "a")?.learningRate)
        #expect(abs(rate - 1e-4) < 1e-12)
    }

    @Test("commands that the end of a run finds waiting are not taken any more")
    func commandsAtTheEnd() {
        let events = [Self.command(.evaluate, "a", .asked)]
        let ended = state(events + [.finished(.completed)])
        #expect(
            ended.trajectories[0].command?.state == .refused(reason: "the run has ended"))
        let broken = state(events + [.finished(.interrupted)])
        #expect(broken.trajectories[0].command?.state == .asked)
        #expect(ended.isOver && !broken.isOver)
    }

    @Test("what is safe is where all trajectories last stood at a checkpoint")
    func safety() {
        let run = state([
            Self.seen("a", 2), Self.saved("a", 2), Self.seen("b", 2), Self.saved("b", 2),
            Self.seen("a", 4), Self.seen("b", 3), Self.saved("a", 4),
        ])
        #expect(run.trajectories.map(\.safeStep) == [2, 2])
        #expect(!run.isSettled)
    }

    @Test("a continued run starts its pace at its checkpoints")
    func goingOn() {
        let run = state([
            Self.seen("a", 50), .finished(.interrupted), .resumed(arms: ["a": 40]),
        ])
        #expect(run.trajectories[0].step == 40)
        #expect(run.trajectories[0].start.step == 40)
        #expect(run.trajectories[0].state == .waiting)
        #expect(run.outcome == nil)
    }

    @Test("the clock without evaluations, but for the base model's")
    func trainingSeconds() {
        let run = state([
            Self.seen("a", 0, .cost, "evaluation_seconds", 10),
            Self.seen("a", 30, .cost, "evaluation_seconds", 5),
            Self.seen("a", 31, .cost, "evaluation_seconds", .nan),
        ])
        #expect(run.trajectories[0].trainingSeconds == 26)
        #expect(run.trajectories[0].evaluationSeconds == 5)
    }

    @Test("curves keep error and count, and training numbers are bounded")
    func curves() throws {
        var run = RunState()
        for step in 1...20_000 {
            run.apply(StampedEvent(seconds: 0, event: Self.seen("a", step)))
        }
        let scored = Observation(
            arm: "a", step: 20, tokens: 0, seconds: 0, kind: .target, task: "code", metric: "loss",
            value: 2, error: 0.1, count: 8)
        run.apply(StampedEvent(seconds: 0, event: .observed(scored)))
        let arm = try #require(run.trajectory(named: "a"))
        #expect(arm.curve(.target, "loss")?.latest == CurvePoint(scored))
        #expect(arm.curve(.target, "loss")?.latest?.count == 8)
        #expect(arm.curve(.train, "loss")?.isThinned == true)
        #expect(arm.curves.map(\.key) == [Self.key(.train, ""), Self.key(.target, "code")])
        #expect(arm.evaluatedStep == 20)
    }

    private static func key(_ kind: ObservationKind, _ task: String) -> MeasureKey {
        MeasureKey(kind: kind, task: task, metric: "loss")
    }

    @Test("items and what they scored are kept by trajectory, number and step")
    func items() {
        let key = Self.key(.target, "code")
        let set = ItemSet(key: key, hashes: [1, 2], counts: [3, 4])
        let run = state([
            .items(set), .scored(ItemScores(arm: "a", step: 0, key: key, sums: [5, 6])),
            .scored(ItemScores(arm: "a", step: 20, key: key, sums: [1, 2])),
        ])
        #expect(run.items == [key: set])
        #expect(run.trajectories[0].scores == [key: [0: [5, 6], 20: [1, 2]]])
    }

    @Test("measurements, turns and progress are no tidings")
    func tidings() {
        let run = state([
            .started(Self.identity(["a"])), Self.seen("a", 1),
            .armChanged(arm: "a", state: .training, step: 1), Self.saved("a", 1),
            .armChanged(arm: "a", state: .finished, step: 1), .finished(.completed),
        ])
        #expect(run.tidings.map(\.seconds) == [0, 3, 4, 5])
    }
}
