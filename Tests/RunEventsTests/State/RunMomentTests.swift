import Foundation
import RunEvents
import Testing

@Suite struct RunMomentTests {
    private func seen(_ arm: String, _ step: Int) -> RunEvent {
        .observed(
            Observation(
                arm: arm, step: step, tokens: 0, seconds: 0, kind: .train, metric: "loss", value: 1)
        )
    }

    private func request(_ command: RunCommand) -> CommandRequest {
        CommandRequest(id: 1, command: command, arm: "a", origin: "keyboard")
    }

    @Test("a step begins to count anew what is told")
    func counts() {
        var position = RunPosition()
        var moments: [RunMoment] = []
        for event in [
            seen("a", 1), seen("a", 1), .command(request(.pause), state: .asked, step: 1),
            seen("b", 1), .armChanged(arm: "a", state: .paused, step: 1), seen("b", 2),
        ] {
            position.take(event)
            moments.append(position.moment)
        }
        let expected = [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1)]
        #expect(moments == expected.map { RunMoment(steps: $0.0, events: $0.1) })
        #expect(moments == moments.sorted())
        #expect(position.step(of: "a") == 1 && position.step(of: "b") == 2)
        #expect(position.step(of: nil) == 2 && position.step(of: "c") == 0)
    }

    @Test("what a run that goes on does not tell again does not count")
    func ignores() {
        let events: [RunEvent] = [
            .armChanged(arm: "a", state: .waiting, step: 0),
            .armChanged(arm: "a", state: .training, step: 0), .resumed(arms: [:]),
            .command(request(.quit), state: .applied, step: 0), .finished(.interrupted),
        ]
        #expect(position(after: events).moment == RunMoment(steps: 0, events: 0))
    }

    @Test("numbers from files do not overflow")
    func huge() {
        let position = position(after: [seen("a", .max), seen("b", .max), seen("c", .min)])
        #expect(position.moment.steps == .max)
    }

    @Test("a lost command is stored and read back")
    func coding() throws {
        let lost = LostCommand(
            request(.setLearningRate(1e-3)), .taken, at: RunMoment(steps: 40, events: 2))
        let data = try JSONEncoder().encode(lost)
        #expect(try JSONDecoder().decode(LostCommand.self, from: data) == lost)
    }

    private func position(after events: [RunEvent]) -> RunPosition {
        var position = RunPosition()
        for event in events { position.take(event) }
        return position
    }
}
