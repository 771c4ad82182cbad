import Foundation
import RunEvents
import StudySamples
import Studies
import TestSupport
import Testing

/// Evaluations that are broken off for the sake of a command, and repeated.
@Suite struct BrokenEvaluationTests {
    /// Asks for something when an arm's evaluation at a step begins for the first time.
    private static func ask(
        _ requests: [(RunCommand, String?)], duringEvaluationOf arm: String, at step: Int = 4
    ) -> (RunEvent, StudyRecording) -> Void {
        var isAsked = false
        return { event, recording in
            guard event == .armChanged(arm: arm, state: .evaluating, step: step), !isAsked else {
                return
            }
            isAsked = true
            for (command, arm) in requests {
                recording.commands.ask(command, arm: arm, origin: "keyboard")
            }
        }
    }

    @Test("a pause is obeyed in the middle, and the numbers come when the arm goes on")
    func pause() throws {
        let ask = Self.ask([(.pause, "full")], duringEvaluationOf: "full")
        let recording = try StudyRecording.run(patience: .zero) { event, recording in
            ask(event, recording)
            if event.isStep(3, of: "lora") {
                recording.commands.ask(.resume, arm: "full", origin: "keyboard")
            }
        }
        #expect(
            recording.states("full").prefix(7) == [
                .training, .evaluating, .training, .paused, .waiting, .training, .evaluating,
            ])
        #expect(recording.savedSteps("full") == [4, 8])
        #expect(recording.evaluatedSteps("full") == [0, 4, 8])
        let numbers = recording.events.firstIndex { event in
            if case .observed(let seen) = event {
                seen.arm == "full" && seen.metric == "bits_per_byte" && seen.step == 4
            } else {
                false
            }
        }
        let resumed = recording.events.firstIndex { $0.isStep(3, of: "lora") }
        #expect(try #require(numbers) > #require(resumed))
        #expect(recording.exactRows.sorted() == (try StudyRecording.run().exactRows.sorted()))
    }

    @Test(
        "other arms' commands, checkpoints and rates go first, and no number changes",
        arguments: [
            (RunCommand.checkpoint, "lora"), (.checkpoint, "full"), (.pause, "lora"),
            (.resume, "full"),
        ])
    func others(command: RunCommand, arm: String) throws {
        let ask = Self.ask([(command, arm)], duringEvaluationOf: "full")
        let recording = try StudyRecording.run(patience: .zero) { event, recording in
            ask(event, recording)
            if case .armChanged("lora", .paused, _) = event {
                recording.commands.ask(.resume, arm: "lora", origin: "keyboard")
            }
        }
        let story = recording.events.compactMap { event -> String? in
            switch event {
            case .command(_, .applied, _), .command(_, .refused, _): "answer"
            case .observed(let seen) where seen.metric == "bits_per_byte" && seen.step == 4:
                "numbers of \(seen.arm)"
            default: nil
            }
        }
        #expect(story.first == "answer")
        #expect(recording.evaluatedSteps("full") == [0, 4, 8])
        #expect(recording.exactRows.sorted() == (try StudyRecording.run().exactRows.sorted()))
    }

    @Test("another arm is measured first when that is asked")
    func evaluateOther() throws {
        let recording = try StudyRecording.run(
            patience: .zero, user: Self.ask([(.evaluate, "lora")], duringEvaluationOf: "full"))
        let measured = recording.observations(nil, "bits_per_byte").map { "\($0.arm) \($0.step)" }
        #expect(measured.prefix(4) == ["full 0", "lora 0", "lora 0", "full 4"])
    }

    @Test("an evaluation of the arm itself is the one that was broken off")
    func evaluateSame() throws {
        let recording = try StudyRecording.run(
            patience: .zero, user: Self.ask([(.evaluate, "full")], duringEvaluationOf: "full"))
        #expect(recording.evaluatedSteps("full") == [0, 4, 8])
        #expect(recording.exactRows == (try StudyRecording.run().exactRows))
    }

    @Test("a stop of the arm itself is measured once, at that step")
    func stop() throws {
        let recording = try StudyRecording.run(
            patience: .zero, user: Self.ask([(.stop, "full")], duringEvaluationOf: "full"))
        #expect(recording.evaluatedSteps("full") == [0, 4])
        #expect(recording.states("full").last == .stopped)
        #expect(recording.savedSteps("full") == [4])
    }

    @Test("an arm that is to stop does so unmeasured when the run is ended first")
    func stopThenQuit() throws {
        let recording = try StudyRecording.run(
            patience: .zero,
            user: Self.ask([(.stop, "full"), (.quit, nil)], duringEvaluationOf: "full"))
        #expect(recording.outcome == .interrupted)
        #expect(recording.states("full").last == .stopped)
        #expect(recording.evaluatedSteps("full") == [0])
        #expect(recording.savedSteps("full") == [4])
    }

    @Test("a command that can wait for the end of the evaluation is applied after its numbers")
    func patience() throws {
        let recording = try StudyRecording.run(
            user: Self.ask([(.pause, "full"), (.resume, "full")], duringEvaluationOf: "full"))
        #expect(
            recording.states("full").prefix(5) == [
                .training, .evaluating, .training, .waiting, .paused,
            ]
        )
        #expect(recording.evaluatedSteps("full") == [0, 4, 8])
    }

    @Test(
        "a run that is ended in the middle goes on with that evaluation", arguments: [true, false])
    func quit(bySignal: Bool) throws {
        try withFastFolder { folder in
            let small = try SmallStudy(in: folder)
            let ask = Self.ask([(.quit, nil)], duringEvaluationOf: "full")
            let first = try StudyRecording.run(
                try small.prepared(), in: folder, patience: .zero
            ) { event, recording in
                if !bySignal { return ask(event, recording) }
                if event == .armChanged(arm: "full", state: .evaluating, step: 4) {
                    recording.stop.ask(.afterStep)
                }
            }
            #expect(first.outcome == .interrupted)
            #expect(first.evaluatedSteps("full") == [0] && first.savedSteps("full") == [4])
            let arms = [
                "full": Continuation.Arm(
                    checkpoint: 4, state: .training, evaluatedStep: 0, seconds: 1),
                "lora": Continuation.Arm(
                    checkpoint: nil, state: .waiting, evaluatedStep: 0, seconds: 0),
            ]
            let second = try StudyRecording.run(
                try small.prepared(), in: folder,
                continuing: Continuation(
                    arms: arms, seconds: 1, commands: [], lastCommandID: 1, hasStarted: true,
                    position: RunPosition()))
            #expect(second.outcome == .completed)
            #expect(second.evaluatedSteps("full") == [4, 8])
            #expect(first.exactRows + second.exactRows == (try StudyRecording.run().exactRows))
        }
    }

    @Test("a run that ends while its base is measured has said nothing of it")
    func base() throws {
        let recording = try StudyRecording.run(patience: .zero) { event, recording in
            guard case .started = event else { return }
            recording.commands.ask(.pause, arm: "full", origin: "keyboard")
            recording.commands.ask(.quit, arm: nil, origin: "keyboard")
        }
        #expect(recording.outcome == .interrupted)
        #expect(recording.exactRows.isEmpty)
        #expect(recording.commandLines.contains("#1 pause full applied at 0"))
    }

    @Test("what was obeyed in the middle is obeyed there again when the run is repeated")
    func repeated() throws {
        let original = try StudyRecording.run(
            patience: .zero, user: Self.ask([(.checkpoint, "lora")], duringEvaluationOf: "full"))
        var position = RunPosition()
        var lost: [LostCommand] = []
        for event in original.events {
            if case .command(let request, let state, _) = event {
                lost.append(
                    LostCommand(request, state == .asked ? .asked : .taken, at: position.moment))
            }
            position.take(event)
        }
        try withFastFolder { folder in
            let prepared = try SmallStudy(in: folder).prepared()
            let again = try StudyRecording.run(
                prepared, in: folder,
                continuing: Continuation(
                    arms: [:], seconds: 0, commands: lost, lastCommandID: 1, hasStarted: false,
                    position: RunPosition()))
            #expect(again.states("full") == original.states("full"))
            #expect(again.commandLines == original.commandLines)
            #expect(Self.order(again) == Self.order(original))
        }
    }

    /// What was told, without numbers.
    private static func order(_ recording: StudyRecording) -> [String] {
        recording.events.compactMap { event in
            switch event {
            case .observed(let seen): "\(seen.arm) \(seen.step) \(seen.metric)"
            case .armChanged(let arm, let state, let step): "\(arm) \(step) \(state)"
            case .checkpointSaved(let arm, let step, _, _): "\(arm) \(step) saved"
            case .command(let request, let state, let step): "\(request.id) \(state) \(step)"
            default: nil
            }
        }
    }
}
