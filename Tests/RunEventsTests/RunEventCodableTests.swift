import Foundation
import RunEvents
import Testing

@Suite struct RunEventCodableTests {
    private static let request = CommandRequest(
        id: 3, command: .setLearningRate(0.5), arm: nil, origin: "keyboard")

    @Test(
        "the stored form of an event is fixed, both ways",
        arguments: [
            (
                .armChanged(arm: "full", state: .diverged, step: 4),
                #"{"arm":"full","state":"diverged","step":4,"type":"armChanged"}"#
            ),
            (
                .observed(
                    Observation(
                        arm: "full", step: 1, tokens: 2, seconds: 0.5, kind: .target, task: "code",
                        metric: "loss", value: 1.5)),
                #"{"observation":{"arm":"full","kind":"target","metric":"loss","note":"","#
                    + #""seconds":0.5,"step":1,"task":"code","tokens":2,"value":1.5},"#
                    + #""type":"observed"}"#
            ),
            (
                .command(request, state: .refused(reason: "over"), step: 4),
                #"{"request":{"command":{"learningRate":0.5,"type":"setLearningRate"},"id":3,"#
                    + #""origin":"keyboard"},"state":{"reason":"over","type":"refused"},"step":4,"#
                    + #""type":"command"}"#
            ),
            (
                .checkpointSaved(arm: "full", step: 4, path: "p", bytes: 9),
                #"{"arm":"full","bytes":9,"path":"p","step":4,"type":"checkpointSaved"}"#
            ),
            (
                .notice(Notice(level: .alert, arm: nil, step: 4, text: "t")),
                #"{"notice":{"level":"alert","step":4,"text":"t"},"type":"notice"}"#
            ),
            (.resumed(arms: ["full": 4]), #"{"arms":{"full":4},"type":"resumed"}"#),
            (
                .finished(.diverged(arm: "full")),
                #"{"outcome":{"arm":"full","type":"diverged"},"type":"finished"}"#
            ),
            (
                .finished(.failed(description: "d")),
                #"{"outcome":{"description":"d","type":"failed"},"type":"finished"}"#
            ),
        ] as [(RunEvent, String)])
    func theStoredFormIsFixed(event: RunEvent, text: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(event), as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(RunEvent.self, from: Data(text.utf8)) == event)
    }

    @Test(
        "every command, state and outcome comes back",
        arguments: [
            .pause, .resume, .stop, .checkpoint, .evaluate, .setLearningRate(1e-5), .quit,
        ] as [RunCommand])
    func everyCommandComesBack(command: RunCommand) throws {
        let request = CommandRequest(id: 1, command: command, arm: "full", origin: "signal")
        for state in [CommandState.asked, .applied, .refused(reason: "r")] {
            try expectRoundTrip(.command(request, state: state, step: 0))
        }
    }

    @Test("every outcome and kind of progress comes back")
    func everyOutcomeComesBack() throws {
        for outcome in [RunOutcome.completed, .interrupted] {
            try expectRoundTrip(.finished(outcome))
        }
        for phase in [
            Progress.Phase.preparing("data"), .training,
            .evaluating(task: "code", done: 1, total: 2),
        ] {
            try expectRoundTrip(
                .progress(Progress(arm: "full", phase: phase, step: 1, tokensPerSecond: 2)))
        }
    }

    @Test("an event of an unknown type is refused")
    func anUnknownTypeIsRefused() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(RunEvent.self, from: Data(#"{"type":"exploded"}"#.utf8))
        }
    }

    @Test("a run of before it told its settings is read, and one that tells them comes back")
    func oldIdentitiesAreRead() throws {
        let old =
            #"{"run":{"arms":[{"learningRate":0.1,"method":"full","name":"full","plannedSteps":2,"#
            + #""seed":0,"totalParameters":9,"trainableParameters":9}],"base":"tiny","#
            + #""domain":"code","evaluateEvery":1,"run":"r","sourceTasks":[],"study":"s","#
            + #""targetTasks":["code"]},"type":"started"}"#
        let event = try JSONDecoder().decode(RunEvent.self, from: Data(old.utf8))
        guard case .started(var identity) = event else {
            Issue.record("not a start")
            return
        }
        #expect(identity.evaluation == nil && identity.arms[0].settings == nil)
        identity.evaluation = ["evaluate.limit": "200"]
        identity.arms[0].settings = ArmSettings(
            method: "parts all", lossMask: "response", data: "d", schedule: "cosine")
        try expectRoundTrip(.started(identity))
    }

    private func expectRoundTrip(_ event: RunEvent) throws {
        let data = try JSONEncoder().encode(event)
        #expect(try JSONDecoder().decode(RunEvent.self, from: data) == event)
    }
}
