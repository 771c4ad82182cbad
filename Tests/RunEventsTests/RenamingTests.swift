import RunEvents
import Testing

@Suite struct RenamingTests {
    private let identity = RunIdentity(
        run: "r", study: "s", base: "b", domain: "d", targetTasks: [], sourceTasks: [],
        evaluateEvery: 1,
        arms: [
            ArmIdentity(
                name: "full", method: "full", rank: nil, seed: 0, plannedSteps: 1,
                learningRate: 1, trainableParameters: 1, totalParameters: 1)
        ])

    @Test("every event that names an arm names it anew")
    func renamesEveryArm() {
        let request = CommandRequest(id: 1, command: .pause, arm: "full", origin: "keyboard")
        let events: [RunEvent] = [
            .started(identity),
            .observed(
                Observation(
                    arm: "full", step: 1, tokens: 1, seconds: 1, kind: .train, metric: "loss",
                    value: 1)),
            .armChanged(arm: "full", state: .paused, step: 1),
            .progress(Progress(arm: "full", phase: .training, step: 1, tokensPerSecond: 1)),
            .command(request, state: .asked, step: 1),
            .checkpointSaved(arm: "full", step: 1, path: "p", bytes: 1),
            .notice(Notice(level: .info, arm: "full", step: 1, text: "t")),
            .resumed(arms: ["full": 1]),
        ]
        for event in events {
            let renamed = event.renamingArms { "a/" + $0 }
            #expect(renamed != event)
            #expect("\(renamed)".contains("a/full"))
            #expect(renamed.renamingArms { String($0.dropFirst(2)) } == event)
        }
        #expect(RunEvent.finished(.completed).renamingArms { "a/" + $0 } == .finished(.completed))
    }
}
