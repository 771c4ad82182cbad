import Foundation
import RunEvents
import Studies
import Testing

@Suite struct StudyCommandTests {
    private static func ask(
        _ command: RunCommand, _ arm: String?, after step: Int, of watched: String = "full"
    ) -> (RunEvent, StudyRecording) -> Void {
        { event, recording in
            guard event.isStep(step, of: watched) else { return }
            recording.commands.ask(command, arm: arm, origin: "keyboard")
        }
    }

    @Test("a paused arm rests at its step until it is resumed")
    func pauseAndResume() throws {
        let pause = Self.ask(.pause, "full", after: 2)
        let resume = Self.ask(.resume, "full", after: 3, of: "lora")
        let recording = try StudyRecording.run { event, recording in
            pause(event, recording)
            resume(event, recording)
        }
        #expect(
            recording.commandLines == [
                "#1 pause full asked at 2", "#1 pause full applied at 2",
                "#2 resume full asked at 2", "#2 resume full applied at 2",
            ])
        #expect(recording.trainedSteps("full") == Array(1...8))
        #expect(recording.states("full").prefix(4) == [.training, .paused, .waiting, .training])
        let third = recording.events.firstIndex { $0.isStep(3, of: "full") }
        let rest = recording.events.firstIndex { $0.isStep(4, of: "lora") }
        #expect(try #require(third) > #require(rest))
        #expect(recording.exactRows.sorted() == (try StudyRecording.run().exactRows.sorted()))
    }

    @Test("an arm is saved when it pauses, unless its step is saved already")
    func pausedIsSaved() throws {
        let within = try StudyRecording.run { event, recording in
            if event.isStep(2, of: "full") {
                recording.commands.ask(.pause, arm: nil, origin: "keyboard")
            }
            if case .armChanged("lora", .paused, _) = event {
                recording.commands.ask(.resume, arm: nil, origin: "keyboard")
            }
        }
        #expect(within.savedSteps("full") == [2, 4, 8])
        #expect(within.savedSteps("lora") == [4, 8])
        let paused = within.events.firstIndex(of: .armChanged(arm: "full", state: .paused, step: 2))
        let saved = within.events.firstIndex { event in
            if case .checkpointSaved("full", 2, _, _) = event { true } else { false }
        }
        #expect(try #require(saved) > #require(paused))
        let between = try StudyRecording.run { event, recording in
            guard case .checkpointSaved("full", 4, _, _) = event else { return }
            recording.commands.ask(.pause, arm: "full", origin: "keyboard")
            recording.commands.ask(.resume, arm: "full", origin: "keyboard")
        }
        #expect(between.savedSteps("full") == [4, 8])
    }

    @Test("with every arm paused the run waits, and its clock stands still")
    func pauseAll() throws {
        var asked = 0
        let recording = try StudyRecording.run { event, recording in
            if event.isStep(2, of: "full") {
                recording.commands.ask(.pause, arm: nil, origin: "keyboard")
            }
            if case .armChanged("lora", .paused, _) = event {
                asked += 1
                recording.commands.ask(.resume, arm: nil, origin: "keyboard")
            }
        }
        #expect(asked == 1)
        #expect(
            recording.commandLines.prefix(3) == [
                "#1 pause all asked at 2", "#1 pause full applied at 2",
                "#1 pause lora applied at 0",
            ])
        #expect(recording.outcome == .completed)
    }

    @Test("paused arms that nobody can resume end the run when the others are done")
    func leftAlone() throws {
        let recording = try StudyRecording.run { event, recording in
            if event.isStep(2, of: "full") {
                recording.commands.ask(.pause, arm: "full", origin: "keyboard")
                recording.commands.close()
            }
        }
        #expect(recording.outcome == .interrupted)
        #expect(recording.states("lora").last == .finished)
        #expect(recording.states("full").last == .paused && recording.savedSteps("full") == [2])
        let warnings = recording.events.compactMap { event in
            if case .notice(let notice) = event { notice.text } else { nil }
        }
        #expect(warnings.last?.contains("paused arms are left (full)") == true)
    }

    @Test("a stopped arm is evaluated, saved and trained no further")
    func stop() throws {
        let recording = try StudyRecording.run(user: Self.ask(.stop, "full", after: 3))
        #expect(recording.trainedSteps("full") == [1, 2, 3])
        #expect(recording.evaluatedSteps("full") == [0, 3])
        #expect(recording.savedSteps("full") == [3])
        #expect(recording.states("full").last == .stopped)
        #expect(recording.trainedSteps("lora") == Array(1...8))
        #expect(recording.outcome == .completed)
    }

    @Test("an arm that stops right after its evaluation is not evaluated twice")
    func stopAfterEvaluation() throws {
        let recording = try StudyRecording.run { event, recording in
            if case .checkpointSaved("full", 4, _, _) = event {
                recording.commands.ask(.stop, arm: "full", origin: "keyboard")
            }
        }
        #expect(recording.evaluatedSteps("full") == [0, 4])
        #expect(recording.savedSteps("full") == [4])
    }

    @Test("a checkpoint out of turn changes nothing else")
    func checkpoint() throws {
        let recording = try StudyRecording.run(user: Self.ask(.checkpoint, "full", after: 1))
        #expect(recording.savedSteps("full") == [1, 4, 8])
        #expect(try recording.exactRows == StudyRecording.run().exactRows)
    }

    @Test("an evaluation out of turn adds rows and changes no other")
    func evaluate() throws {
        let recording = try StudyRecording.run(user: Self.ask(.evaluate, "full", after: 1))
        #expect(recording.evaluatedSteps("full") == [0, 1, 4, 8])
        let others = recording.exactRows.filter { !$0.hasPrefix("full,1,") || $0.contains("train") }
        #expect(try others == StudyRecording.run().exactRows)
    }

    @Test("a learning rate applies from the next step on")
    func learningRate() throws {
        let recording = try StudyRecording.run(
            ["train.schedule=constant", "train.warmup_steps=0"],
            user: Self.ask(.setLearningRate(1e-4), "full", after: 2))
        let rates = recording.observations("full", "learning_rate").map(\.value)
        #expect(rates == [5e-3, 5e-3] + Array(repeating: 1e-4, count: 6))
        let others = recording.observations("lora", "learning_rate").map(\.value)
        #expect(others == Array(repeating: 5e-3, count: 8))
        #expect(
            recording.commandLines == [
                "#1 learning_rate=0.0001 full asked at 2",
                "#1 learning_rate=0.0001 full applied at 2",
            ])
    }

    @Test("quit saves every arm that has trained and ends the run")
    func quit() throws {
        let recording = try StudyRecording.run(
            user: Self.ask(.quit, nil, after: 2, of: "lora"))
        #expect(recording.outcome == .interrupted)
        #expect(recording.events.last == .finished(.interrupted))
        #expect(recording.savedSteps("full") == [4])
        #expect(recording.savedSteps("lora") == [2])
        #expect(recording.trainedSteps("lora") == [1, 2])
    }

    @Test("a signal ends the run like quit, and a second one without writing")
    func stopToken() throws {
        for (request, saved) in [(StopToken.Request.afterStep, [2]), (.abandon, [])] {
            let recording = try StudyRecording.run { event, recording in
                if event.isStep(2, of: "full") { recording.stop.ask(request) }
            }
            #expect(recording.outcome == .interrupted)
            #expect(recording.savedSteps("full") == saved)
            #expect(recording.trainedSteps("full") == [1, 2])
            let isTold = recording.events.last == .finished(.interrupted)
            #expect(isTold == (request == .afterStep))
        }
    }

    @Test(
        "what makes no sense is refused with a reason",
        arguments: [
            (RunCommand.pause, "nobody", "there is no arm nobody"),
            (.resume, "full", "the arm is not paused"),
            (.setLearningRate(.nan), "full", "nan is no learning rate"),
            (.setLearningRate(0), "full", "0.0 is no learning rate"),
        ])
    func refusals(command: RunCommand, arm: String, reason: String) throws {
        let recording = try StudyRecording.run(user: Self.ask(command, arm, after: 2))
        #expect(recording.commandLines.count == 2)
        #expect(recording.commandLines.last?.contains("refused (\(reason))") == true)
        #expect(try recording.exactRows == StudyRecording.run().exactRows)
    }

    @Test("a command for a study's arm acts on all of its trajectories, for an id on that one")
    func grid() throws {
        let settings = ["arms.full.learning_rate=[5e-3, 1e-3]", "arms.full.steps=4"]
        let recording = try StudyRecording.run(settings) { event, recording in
            if event.isStep(2, of: "full-lr5e-3") {
                recording.commands.ask(.setLearningRate(1e-4), arm: "full", origin: "keyboard")
                recording.commands.ask(
                    .setLearningRate(2e-4), arm: "full-lr1e-3", origin: "keyboard")
            }
            if event.isStep(3, of: "full-lr1e-3") {
                recording.commands.ask(.setLearningRate(3e-4), arm: "full", origin: "keyboard")
            }
            if event.isStep(6, of: "lora") {
                recording.commands.ask(.pause, arm: "full", origin: "keyboard")
            }
        }
        #expect(
            recording.commandLines == [
                "#1 learning_rate=0.0001 full asked at 2",
                "#2 learning_rate=0.0002 full-lr1e-3 asked at 0",
                "#1 learning_rate=0.0001 full-lr5e-3 applied at 2",
                "#1 learning_rate=0.0001 full-lr1e-3 applied at 0",
                "#2 learning_rate=0.0002 full-lr1e-3 applied at 0",
                "#3 learning_rate=0.0003 full asked at 4",
                "#3 learning_rate=0.0003 full-lr1e-3 applied at 3",
                "#4 pause full asked at 4",
                "#4 pause full refused (every trajectory of full has ended) at 4",
            ])
    }

    @Test("a finished arm takes no commands")
    func finishedArm() throws {
        let recording = try StudyRecording.run(
            ["arms.full.steps=4"], user: Self.ask(.pause, "full", after: 1, of: "lora"))
        #expect(
            recording.commandLines == [
                "#1 pause full asked at 4", "#1 pause full refused (the arm is finished) at 4",
            ])
    }

    @Test("each command takes effect before the next is taken")
    func order() throws {
        let recording = try StudyRecording.run { event, recording in
            guard event.isStep(2, of: "full") else { return }
            recording.commands.ask(.checkpoint, arm: "full", origin: "keyboard")
            recording.commands.ask(.pause, arm: "full", origin: "keyboard")
            recording.commands.ask(.resume, arm: "full", origin: "keyboard")
        }
        let words = recording.events.compactMap { event -> String? in
            switch event {
            case .checkpointSaved("full", 2, _, _): "saved"
            case .command(let request, .applied, _): request.command.name
            case .armChanged("full", .paused, _): "paused"
            default: nil
            }
        }
        #expect(words == ["checkpoint", "saved", "pause", "paused", "resume"])
        #expect(recording.commandLines.prefix(3).allSatisfy { $0.hasSuffix("asked at 2") })
        #expect(recording.outcome == .completed)
    }

    // MARK: - When it was asked

    /// What is told from the first command on, in short.
    private func story(_ recording: StudyRecording, _ count: Int) -> [String] {
        let words = recording.events.compactMap { event -> String? in
            switch event {
            case .observed(let seen) where seen.metric == "bits_per_byte": "score \(seen.step)"
            case .command(let request, .asked, let step): "\(request.command.name) asked \(step)"
            case .command(let request, .applied, let step):
                "\(request.command.name) applied \(step)"
            case .checkpointSaved(_, let step, _, _): "saved \(step)"
            default: nil
            }
        }
        return Array(words.drop { !$0.contains("asked") }.prefix(count))
    }

    @Test("in the middle of an evaluation, before its numbers")
    func askedDuringAnEvaluation() throws {
        var isAsked = false
        let recording = try StudyRecording.run { event, recording in
            guard case .armChanged("full", .evaluating, 4) = event else { return }
            isAsked = true
            recording.commands.ask(.checkpoint, arm: "lora", origin: "keyboard")
        }
        #expect(isAsked)
        let expected = ["checkpoint asked 0", "score 4", "saved 4", "checkpoint applied 0"]
        #expect(story(recording, 4) == expected)
    }

    @Test("the time is that of the key")
    func askedTime() throws {
        let recording = try StudyRecording.run { event, recording in
            guard event.isStep(2, of: "full") else { return }
            recording.commands.ask(.checkpoint, arm: "full", origin: "keyboard")
            usleep(50_000)
        }
        let asked = recording.stamped.firstIndex { stamped in
            if case .command(_, .asked, _) = stamped.event { true } else { false }
        }
        let index = try #require(asked)
        let before = recording.stamped[index - 1].seconds
        #expect(recording.stamped[index].seconds - before < 0.03)
        #expect(recording.stamped[index + 1].seconds - before >= 0.05)
        let seconds = recording.stamped.map(\.seconds)
        #expect(seconds == seconds.sorted(), "times never go back")
    }

    @Test("a checkpoint of a step that has one is refused")
    func secondCheckpoint() throws {
        let recording = try StudyRecording.run { event, recording in
            guard case .checkpointSaved("full", 4, _, _) = event else { return }
            recording.commands.ask(.checkpoint, arm: "full", origin: "keyboard")
        }
        #expect(
            recording.commandLines.last
                == "#1 checkpoint full refused (step 4 has a checkpoint) at 4")
    }

    @Test("what is asked while the last arm is measured is answered before the end")
    func askedAtTheEnd() throws {
        var isAsked = false
        let recording = try StudyRecording.run { event, recording in
            guard case .armChanged("lora", .finished, _) = event, !isAsked else { return }
            isAsked = true
            recording.commands.ask(.evaluate, arm: "full", origin: "keyboard")
        }
        #expect(
            recording.commandLines == [
                "#1 evaluate full asked at 8",
                "#1 evaluate full refused (the arm is finished) at 8",
            ])
        #expect(recording.events.last == .finished(.completed))
    }
}
