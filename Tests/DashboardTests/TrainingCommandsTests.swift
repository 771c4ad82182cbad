import RunEvents
import Testing

@testable import Dashboard

/// What capitals and their dialogs say and send.
@Suite struct TrainingCommandsTests {
    private func model() -> DashboardModel { ScriptedRun().model(rows: 24, columns: 80) }

    private func press(_ keys: [Key], _ model: inout DashboardModel) -> [DashboardEffect] {
        keys.flatMap { key in
            _ = model.update(.tick(seconds: model.now + 0.2))
            return model.update(.key(key))
        }
    }

    private func setRate(_ text: String, _ model: inout DashboardModel) -> [DashboardEffect] {
        press(["L"] + text.unicodeScalars.map { .character($0) } + [.enter], &model)
    }

    private func event(_ event: RunEvent, _ model: inout DashboardModel) {
        _ = model.update(.event(StampedEvent(seconds: 131, event: event)))
    }

    private func request(_ command: RunCommand, _ arm: String?) -> CommandRequest {
        CommandRequest(id: 9, command: command, arm: arm, origin: "keyboard")
    }

    // MARK: - The learning rate

    @Test(
        arguments: [
            ("1e10", "1.0e10"), ("0.0101", "1.01e-2"), ("1e308", "1.0e308"), ("7", "7.0e0"),
        ])
    func highRateIsAskedAgain(text: String, shown: String) {
        var model = model()
        #expect(setRate(text, &model).isEmpty)
        let screen = model.view().text
        #expect(screen.contains("of full: now 1.0e-3, new \(shown)"))
        #expect(screen.contains("more than ten times as much"))
        #expect(press([.enter], &model).isEmpty, "Enter held down is no answer")
        #expect(press(["n"], &model).isEmpty)
        #expect(model.view().text.contains("new \(text)_"), "the text is there to be changed")
        #expect(press([.enter, .escape, .escape], &model).isEmpty)
        #expect(model.overlay == nil)
        let sent = DashboardEffect.command(.setLearningRate(Double(text) ?? 0), arm: "full")
        #expect(setRate(text, &model).isEmpty)
        #expect(press(["y"], &model) == [sent])
    }

    @Test(arguments: ["1e-2", "0.01", "1e-4", "2e-3", "0.00099", "1e-300"])
    func otherRateIsSetAtOnce(text: String) {
        var model = model()
        let sent = DashboardEffect.command(.setLearningRate(Double(text) ?? 0), arm: "full")
        #expect(setRate(text, &model) == [sent])
    }

    @Test func changedRateIsShownBeforeTheNextStep() {
        var model = model()
        let before = model.history.arm(named: "lora-r8")?.learningRate ?? 0
        let command = RunCommand.setLearningRate(5e-3)
        event(.command(request(command, "lora-r8"), state: .asked, step: 240), &model)
        #expect(model.history.arm(named: "lora-r8")?.learningRate == before)
        event(.command(request(command, "lora-r8"), state: .applied, step: 240), &model)
        #expect(model.history.arm(named: "lora-r8")?.learningRate == before / 2)
        #expect(model.view().text.contains(NumberText.learningRate(before / 2)))
        _ = press([.down, .down, "i"], &model)
        #expect(model.view().text.contains("1.0e-2, 5.0e-3 since step 240"))
        let seen = Observation(
            arm: "lora-r8", step: 241, tokens: 1, seconds: 1, kind: .train,
            metric: "learning_rate", value: 4e-3)
        event(.observed(seen), &model)
        #expect(model.history.arm(named: "lora-r8")?.learningRate == 4e-3)
    }

    @Test func changedRateSurvivesAResume() {
        var model = model()
        let command = RunCommand.setLearningRate(5e-3)
        event(.command(request(command, "lora-r8"), state: .applied, step: 240), &model)
        let shown = model.history.arm(named: "lora-r8")?.learningRate
        event(.finished(.interrupted), &model)
        event(.started(ScriptedRun().identity), &model)
        event(.resumed(arms: ["full": 60, "lora-r8": 240]), &model)
        #expect(model.history.arm(named: "lora-r8")?.peakLearningRate == 5e-3)
        #expect(model.history.arm(named: "lora-r8")?.learningRate == shown)
    }

    @Test func ratesKeepTheirDigits() {
        for (rate, text) in [
            (1e-3, "1.0e-3"), (1.25e-3, "1.25e-3"), (2e-5, "2.0e-5"), (0.1, "1.0e-1"),
            (1.0 / 3, "3.333333333333333e-1"), (1e10, "1.0e10"),
        ] {
            #expect(NumberText.exactRate(rate) == text)
        }
    }

    // MARK: - Stopping an arm

    @Test func stopOffersAPauseFirst() {
        var model = model()
        _ = press(["S"], &model)
        let lines = model.view().text.split(separator: "\n").map(String.init)
        let pause = lines.firstIndex { $0.contains("pause it instead; P resumes it") }
        let stop = lines.firstIndex { $0.contains("stop it for good") }
        #expect(pause ?? 99 < stop ?? 0)
        #expect(press(["P"], &model) == [.command(.pause, arm: "full")])
        #expect(model.overlay == nil)
    }

    @Test func stopOfAPausedArmOffersNoPause() {
        var model = model()
        _ = press([.down, .down, "S"], &model)
        #expect(model.view().text.contains("Stop lora-r8?"))
        #expect(!model.view().text.contains("pause it instead"))
        #expect(press(["P"], &model).isEmpty)
        #expect(model.view().text.contains("lora-r8 is paused already"))
        #expect(press(["y"], &model) == [.command(.stop, arm: "lora-r8")])
    }

    @Test func armThatIsToStopTakesNoMoreCommands() {
        var model = model()
        _ = press(["S", "y"], &model)
        for capital in ["P", "S", "C", "E", "L"] as [Key] {
            #expect(press([capital], &model).isEmpty)
            #expect(model.view().text.contains("stop of full is asked already"))
        }
        #expect(press([.down, "C"], &model) == [.command(.checkpoint, arm: "lora-r16")])
    }

    // MARK: - Several commands, and none

    @Test func differentCommandsMayWaitTogether() {
        var model = model()
        let sent = press(["C", "E", "P", "C"], &model)
        #expect(
            sent == [.checkpoint, .evaluate, .pause].map { .command($0, arm: "full") })
        #expect(model.view().text.contains("checkpoint of full is asked already"))
        #expect(setRate("2e-3", &model) == [.command(.setLearningRate(2e-3), arm: "full")])
        #expect(setRate("2e-3", &model).isEmpty)
        #expect(setRate("3e-3", &model) == [.command(.setLearningRate(3e-3), arm: "full")])
    }

    @Test func askedCommandStandsInTheRowAtOnce() {
        var model = model()
        _ = press(["C"], &model)
        #expect(model.view().text.contains("saving @240"))
        #expect(model.view().text.contains("asked: checkpoint of full"))
    }

    @Test func messageSaysHowToGoBack() {
        var model = model()
        _ = press(["P"], &model)
        #expect(model.view().text.contains("asked: pause of full; P resumes it"))
    }

    @Test func stoppingRunTakesNoCommands() {
        var model = model()
        #expect(press(["q", "s"], &model) == [.quit(.stopAfterCheckpoint)])
        for capital in ["P", "S", "C", "E", "L"] as [Key] {
            #expect(press([capital], &model).isEmpty)
            #expect(model.view().text.contains("the run is stopping: full takes no commands"))
        }
        #expect(press(["q"], &model).isEmpty)
        #expect(model.view().text.contains("The run is stopping: it ends after its checkpoints"))
        #expect(!model.view().text.contains("stop after writing checkpoints"))
        #expect(press(["s"], &model).isEmpty)
    }

    @Test func endOfTheRunIsNoCommandOfAnArm() {
        var model = model()
        event(.command(request(.pause, "full"), state: .applied, step: 240), &model)
        event(.command(request(.quit, nil), state: .asked, step: 240), &model)
        event(.command(request(.quit, nil), state: .applied, step: 240), &model)
        #expect(model.history.arm(named: "full")?.command?.text == "paused @240")
        #expect(model.history.arm(named: "lora-r16")?.command == nil)
    }

    @Test func pauseAndResumeDiffer() {
        let texts = [RunCommand.pause, .resume].map {
            CommandLife(command: $0, state: .applied, step: 12).text
        }
        #expect(texts == ["paused @12", "resumed @12"])
    }

    @Test func commandThatNobodyTookIsRefusedByTheEnd() {
        var model = model()
        _ = press(["E"], &model)
        event(.finished(.completed), &model)
        #expect(
            model.history.arm(named: "full")?.command?.text
                == "evaluation refused: the run has ended")
    }

    @Test func refusalIsToldToWhoeverAsked() {
        var model = model()
        #expect(press(["S", "y"], &model).count == 1)
        let refused = CommandState.refused(reason: "the arm is finished")
        event(.command(request(.stop, "full"), state: refused, step: 300), &model)
        #expect(model.view().text.contains("stop of full refused: the arm is finished"))
        var other = self.model()
        event(.command(request(.stop, "full"), state: refused, step: 300), &other)
        #expect(!other.view().text.contains("stop of full refused"))
    }

    @Test func unboundCapitalSuspectsCapsLock() {
        for capital in ["J", "K", "M", "Q", "V"] as [Key] {
            var model = model()
            #expect(press([capital], &model).isEmpty)
            #expect(model.view().text.contains("is Caps Lock on?"))
        }
    }
}
