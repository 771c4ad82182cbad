import RunEvents
import Testing

@testable import Dashboard

/// What keys lead to, seen from outside: effects and screens.
@Suite struct DashboardKeysTests {
    private func model() -> DashboardModel { ScriptedRun().model(rows: 24, columns: 80) }

    /// Presses keys one by one, as slowly as somebody who reads what opens.
    private func press(_ keys: [Key], _ model: inout DashboardModel) -> [DashboardEffect] {
        keys.flatMap { key in
            if model.overlay != nil { _ = model.update(.tick(seconds: model.now + 0.2)) }
            return model.update(.key(key))
        }
    }

    private func type(_ text: String, _ model: inout DashboardModel) -> [DashboardEffect] {
        press(text.unicodeScalars.map { .character($0) }, &model)
    }

    private func command(
        _ command: RunCommand, arm: String, _ state: CommandState, step: Int = 240
    ) -> DashboardInput {
        let request = CommandRequest(id: 9, command: command, arm: arm, origin: "keyboard")
        return .event(
            StampedEvent(seconds: 130, event: .command(request, state: state, step: step)))
    }

    // MARK: - Beginning

    @Test func restartForgetsTheRunButNotTheSettings() {
        let run = ScriptedRun()
        for keys in [["v"], ["o"], ["i"], ["+", "f"], ["h", "h", "+"], ["?"]] as [[Key]] {
            var (model, settled) = (model(), model())
            _ = press(keys, &model)
            _ = press(keys, &settled)
            #expect(model.update(.restart).isEmpty)
            #expect(model.isDirty)
            #expect(!model.view().text.contains("240/"))
            for stamped in run.events { _ = model.update(.event(stamped)) }
            #expect(model.view() == settled.view(), "\(keys)")
        }
    }

    @Test func preparingIsShownBeforeTheRunHasAName() {
        var model = DashboardModel(
            rows: 24, columns: 80, capabilities: .init(glyphs: .ascii, hasColor: true))
        let progress = Progress(arm: nil, phase: .preparing("code"), step: 0, tokensPerSecond: 0)
        _ = model.update(.event(StampedEvent(seconds: 0, event: .progress(progress))))
        #expect(model.view().text.contains("preparing code"))
    }

    // MARK: - Leaving

    @Test func quitAsksWhileTheRunGoesOn() {
        var model = model()
        #expect(press(["q"], &model).isEmpty)
        #expect(model.view().text.contains("The run is still going"))
        #expect(press([.escape], &model).isEmpty)
        #expect(!model.view().text.contains("The run is still going"))
        #expect(press(["q", "s"], &model) == [.quit(.stopAfterCheckpoint)])
        #expect(model.view().text.contains("STOPPING"))
    }

    @Test func quitCanKill() {
        var model = model()
        #expect(press(["q", "k"], &model).isEmpty)
        #expect(model.view().text.contains("Kill the run? 720 steps are lost"))
        #expect(model.view().text.contains("full 240, lora-r16 240, lora-r8 240"))
        #expect(press(["n"], &model).isEmpty)
        #expect(model.view().text.contains("The run is still going"))
        #expect(press(["k", "y"], &model) == [.quit(.kill)])
    }

    @Test func killAsksNothingWhereNothingIsLost() {
        var model = model()
        for arm in ["full", "lora-r16", "lora-r8"] {
            let saved = RunEvent.checkpointSaved(arm: arm, step: 240, path: arm, bytes: 1)
            _ = model.update(.event(StampedEvent(seconds: 131, event: saved)))
        }
        #expect(press(["q", "k"], &model) == [.quit(.kill)])
    }

    @Test func killCountsFromTheMomentThatARunGoesOnFrom() {
        var model = model()
        let saved = RunEvent.checkpointSaved(arm: "full", step: 240, path: "full", bytes: 1)
        _ = model.update(.event(StampedEvent(seconds: 131, event: saved)))
        _ = press(["q", "k"], &model)
        #expect(model.view().text.contains("Kill the run? 720 steps are lost"))
    }

    @Test func quitLeavesAtOnceAfterTheEnd() {
        var model = model()
        _ = model.update(.key("q"))
        _ = model.update(.event(StampedEvent(seconds: 140, event: .finished(.completed))))
        #expect(model.view().text.contains("COMPLETED"))
        #expect(press(["q"], &model) == [.quit(.leave)])
    }

    @Test func controlCAsksThenStopsThenAborts() {
        var model = model()
        _ = model.update(.tick(seconds: 10))
        #expect(press([.control("c")], &model).isEmpty)
        _ = model.update(.tick(seconds: 11))
        #expect(press([.control("c")], &model) == [.quit(.stopAfterCheckpoint)])
        _ = model.update(.tick(seconds: 60))
        #expect(press([.control("c")], &model) == [.quit(.kill)])
    }

    @Test func slowControlCOnlyAsksAgain() {
        var model = model()
        _ = model.update(.tick(seconds: 10))
        #expect(press([.control("c")], &model).isEmpty)
        _ = model.update(.tick(seconds: 13))
        #expect(press([.control("c")], &model).isEmpty)
    }

    @Test func systemKeysWorkEverywhere() {
        for opening in [[], ["?"], ["q"], ["o"], ["L"], ["i"]] as [[Key]] {
            var model = model()
            _ = press(opening, &model)
            #expect(press([.control("l")], &model) == [.redraw])
            #expect(press([.control("z")], &model) == [.suspend])
        }
    }

    @Test func exportIsLeftToTheCaller() {
        var model = model()
        #expect(press(["e"], &model) == [.export])
        _ = model.update(.message("written to x.csv"))
        #expect(model.view().text.contains("written to x.csv"))
    }

    // MARK: - Training

    @Test func pauseIsSentOnceAndThenResumes() {
        var model = model()
        #expect(press(["P"], &model) == [.command(.pause, arm: "full")])
        _ = model.update(.tick(seconds: 1))
        #expect(press(["P"], &model).isEmpty)
        #expect(model.view().text.contains("asked already"))
        _ = model.update(command(.pause, arm: "full", .asked))
        #expect(model.view().text.contains("pausing @240"))
        _ = model.update(command(.pause, arm: "full", .applied))
        _ = model.update(
            .event(
                StampedEvent(
                    seconds: 131, event: .armChanged(arm: "full", state: .paused, step: 240))))
        #expect(press(["P"], &model).isEmpty, "held down")
        _ = model.update(.tick(seconds: 2))
        #expect(press(["P"], &model) == [.command(.resume, arm: "full")])
    }

    @Test func refusalIsShownInTheRow() {
        var model = model()
        #expect(press(["C"], &model).count == 1)
        _ = model.update(command(.checkpoint, arm: "full", .refused(reason: "disk full")))
        #expect(model.view().text.contains("checkpoint refused: disk"))
        #expect(model.view().text.contains("checkpoint of full refused: disk full"))
    }

    @Test func stopNamesTheArmAndAsks() {
        var model = model()
        #expect(press([.down, "S"], &model).isEmpty)
        #expect(model.view().text.contains("Stop lora-r16? This cannot be undone"))
        #expect(press(["n"], &model).isEmpty)
        #expect(press(["S", "y"], &model) == [.command(.stop, arm: "lora-r16")])
    }

    @Test func learningRateIsCheckedBeforeItIsSent() {
        var model = model()
        _ = press(["L"], &model)
        #expect(model.view().text.contains("now 1.0e-3"))
        for bad in ["", "-1", "0", "abc", "nan", "1e999"] {
            #expect(type(bad, &model).isEmpty)
            #expect(press([.enter], &model).isEmpty)
            _ = press(Array(repeating: .backspace, count: 16), &model)
        }
        #expect(type("2e-4", &model).isEmpty)
        #expect(press([.enter], &model) == [.command(.setLearningRate(2e-4), arm: "full")])
    }

    @Test func finishedArmTakesNoCommands() {
        for capital in ["P", "S", "C", "E", "L"] as [Key] {
            var model = model()
            _ = model.update(
                .event(
                    StampedEvent(
                        seconds: 131, event: .armChanged(arm: "full", state: .finished, step: 300)))
            )
            #expect(press([capital], &model).isEmpty)
            #expect(model.view().text.contains("full is finished: it takes no commands"))
        }
    }

    @Test func armThatEndsUnderADialogIsNotStopped() {
        var model = model()
        _ = press(["S"], &model)
        _ = model.update(
            .event(
                StampedEvent(
                    seconds: 131, event: .armChanged(arm: "full", state: .finished, step: 300))))
        #expect(press(["y"], &model).isEmpty)
    }

    // MARK: - Looking

    @Test func selectionMovesAndStopsAtTheEnds() {
        var model = model()
        _ = press([.up], &model)
        #expect(model.view().text.contains("▸■ f full"))
        _ = press(["j", "j", "j", "j"], &model)
        #expect(model.view().text.contains("▸■ r lora-r8"))
    }

    @Test func selectionStaysWithTheArmWhenOthersAppear() {
        var model = model()
        _ = press([.down], &model)
        let extra = Observation(
            arm: "dora", step: 1, tokens: 1, seconds: 1, kind: .train, metric: "loss", value: 1)
        _ = model.update(.event(StampedEvent(seconds: 131, event: .observed(extra))))
        #expect(press(["C"], &model) == [.command(.checkpoint, arm: "lora-r16")])
    }

    @Test func hiddenArmLeavesTheChart() {
        var model = model()
        let before = model.view()
        _ = press([" "], &model)
        let after = model.view().text
        #expect(after.contains("□ f full"))
        #expect(after != before.text)
        _ = press([" "], &model)
        #expect(model.view() == before)
    }

    @Test func metricFollowsTheFocus() {
        var model = model()
        _ = press(["m"], &model)
        #expect(model.view().text.contains("LEARN  code bits per byte, bits/byte"))
        _ = press([.tab, "m"], &model)
        #expect(
            model.view().text.contains(
                "FORGET  retained accuracy, linear (auto), higher is better"))
        _ = press(["m", "m", "m", "m", "m"], &model)
        #expect(model.view().text.contains("FORGET  forgetting"))
    }

    @Test func axisOfValuesCyclesAndTheTitleSaysWhichIsInForce() {
        var model = model()
        for (name, chart) in [("LEARN  code loss", "log"), ("FORGET  forgetting", "log about 0")] {
            for axis in ["linear (auto)", "linear", chart, "linear (auto)"] {
                #expect(model.view().text.contains("\(name), nats/token, \(axis), lower"))
                _ = press(["y"], &model)
            }
            _ = press(["y", "y", .tab], &model)
        }
    }

    @Test func axesCycle() {
        var model = model()
        _ = press(["x"], &model)
        #expect(model.view().text.contains("tokens  0"))
        _ = press(["x"], &model)
        #expect(model.view().text.contains("time 0:00"))
    }

    @Test func smoothingIsNamedInTheTitle() {
        var model = model()
        _ = press(["}"], &model)
        #expect(model.view().text.contains("smoothing 0.30"))
        _ = press(["{", "{"], &model)
        #expect(!model.view().text.contains("smoothing"))
    }

    @Test func cursorReadsTheNearestEvaluation() {
        var model = model()
        _ = press([.home], &model)
        let text = model.view().text
        #expect(text.contains("code loss @0"))
        #expect(text.contains("3.200"))
        _ = press([.escape], &model)
        #expect(!model.view().text.contains("code loss @"))
    }

    @Test func cursorGoesFromEvaluationToEvaluation() {
        var model = model()
        _ = press([.left], &model)
        #expect(model.view().text.contains("code loss @240"))
        _ = press([.left], &model)
        #expect(model.view().text.contains("code loss @220"))
        _ = press([.shiftLeft, .right], &model)
        #expect(model.view().text.contains("code loss @140"))
        _ = press([.home, .left, .shiftRight], &model)
        #expect(model.view().text.contains("code loss @100"))
        _ = press([.end, .right], &model)
        #expect(model.view().text.contains("code loss @240"))
    }

    @Test func cursorGoesToTheEvaluationWhenTheChartLeavesTheSteps() {
        var model = model()
        _ = press(["m", "m", "m", .end, .left], &model)
        let text = model.view().text
        #expect(text.contains("train loss @235"))
        _ = press(["m"], &model)
        #expect(model.view().text.contains("code loss @240"))
    }

    @Test func focusGoesRoundThePanesOnTheScreen() {
        var large = ScriptedRun().model(rows: 40, columns: 120)
        var ring: [Focus] = []
        for _ in 0..<8 {
            ring.append(large.focus)
            _ = press([.tab], &large)
        }
        #expect(ring == [.learn, .forget, .plane, .verdict, .tasks, .arms, .events, .learn])
        _ = press([.backTab, "v"], &large)
        #expect(large.focus == .plane)
        var small = model()
        _ = press([.tab, .tab], &small)
        #expect(small.focus == .arms)
        _ = press([.backTab, "v"], &small)
        #expect(small.focus == .plane)
        _ = press(["v", "v"], &small)
        #expect(small.focus == .verdict)
        _ = press(["v"], &small)
        #expect(small.focus == .forget)
    }

    @Test func planeHasItsOwnAxesAndZoom() {
        var model = model()
        _ = press(["v"], &model)
        let whole = model.view()
        #expect(whole.text.contains("PLANE  good: low right, auto axes"))
        _ = press(["y"], &model)
        #expect(model.view().text.contains("linear axes"))
        _ = press(["y"], &model)
        #expect(model.view().text.contains("log axes"))
        #expect(model.view().text.contains("forget, log about 0"))
        _ = press(["y", "+", "+"], &model)
        #expect(model.view().text.contains("PLANE  zoom 4x"))
        _ = press(["-"], &model)
        #expect(model.view().text.contains("PLANE  zoom 2x"))
        _ = press(["="], &model)
        #expect(model.view() == whole)
    }

    @Test func zoomShowsTheNewestPart() {
        var model = model()
        _ = press(["+"], &model)
        let zoomed = model.view().text
        #expect(!zoomed.contains("step  0 "))
        _ = press(["="], &model)
        #expect(model.view().text.contains("step  0 "))
    }

    @Test func frozenAxisStays() {
        var model = model()
        _ = press(["f"], &model)
        #expect(model.view().text.contains("FROZEN"))
        let before = model.view().text.split(separator: "\n")[17]
        let far = Observation(
            arm: "full", step: 900, tokens: 1, seconds: 1, kind: .train, metric: "loss", value: 1)
        _ = model.update(.event(StampedEvent(seconds: 131, event: .observed(far))))
        #expect(model.view().text.split(separator: "\n")[17] == before)
        _ = press(["f"], &model)
        #expect(model.view().text.split(separator: "\n")[17] != before)
    }

    @Test func viewsAndGlyphsCycle() {
        var model = model()
        let first = model.view()
        _ = press(["v"], &model)
        #expect(model.view().text.contains("PLANE  good: low right, auto axes"))
        _ = press(["v"], &model)
        #expect(model.view().text.contains("LEVELS"))
        _ = press(["v"], &model)
        #expect(model.view().text.contains("VERDICT"))
        _ = press(["v", "a", "a"], &model)
        #expect(model.view().cells.allSatisfy { $0.scalar.isASCII })
        _ = press(["a"], &model)
        let isAsBefore = model.view() == first
        #expect(isAsBefore)
    }

    @Test func pinnedArmIsTheReference() {
        var model = model()
        _ = press(["p"], &model)
        #expect(model.view().text.contains("Δ-0.287"))
        _ = press(["p"], &model)
        #expect(!model.view().text.contains("Δ"))
    }

    @Test func logFillsTheScreenAndScrolls() {
        var model = model()
        _ = press(["o"], &model)
        #expect(model.view().text.contains("run code-20260102T030405Z started with 3 arms"))
        _ = press([.end], &model)
        #expect(!model.view().text.contains("paused @240"))
        _ = press([.escape], &model)
        #expect(model.view().text.contains("LEARN"))
    }

    @Test func infoTellsOfTheSelectedArm() {
        var model = model()
        _ = press(["i"], &model)
        for text in [
            "method         full", "loss mask      response", "412MB the process's peak",
            "data           800 examples of code/train.jsonl", "cosine after 10 steps of warm-up",
            "optimizer      adamw, betas 0.9 and 0.999", "time           0:38: training 0:38",
        ] {
            #expect(model.view().text.contains(text), "\(text)")
        }
        #expect(model.view().text.contains("checkpoints/full/step-60"))
    }

    @Test func infoScrollsWhereItIsLongerThanTheScreen() {
        var model = ScriptedRun().model(rows: 16, columns: 80)
        _ = press(["i"], &model)
        #expect(model.view().text.contains("ARM  full  (6 below)"))
        #expect(!model.view().text.contains("checkpoints/full/step-60"))
        _ = press([.end], &model)
        #expect(model.view().text.contains("ARM  full  (6 above)"))
        #expect(model.view().text.contains("checkpoints/full/step-60"))
    }

    // MARK: - Time

    @Test func drawsOnlyOnChange() {
        var model = model()
        model.markDrawn()
        _ = model.update(.tick(seconds: 0.1))
        #expect(!model.isDirty)
        _ = model.update(.tick(seconds: 1.2))
        #expect(model.isDirty)
        model.markDrawn()
        _ = model.update(.resize(rows: 30, columns: 90))
        #expect(model.isDirty)
        #expect(model.view().rows == 30)
    }

    @Test func messageGoesAway() {
        var model = model()
        _ = model.update(.message("hello"))
        #expect(model.view().text.contains("hello"))
        model.markDrawn()
        _ = model.update(.tick(seconds: 6))
        #expect(model.isDirty)
        #expect(!model.view().text.contains("hello"))
    }

    @Test func resizedScreenEqualsAFreshOne() {
        var model = ScriptedRun().model(rows: 60, columns: 200)
        for (rows, columns) in [(5, 20), (40, 120), (10, 500), (24, 80)] {
            _ = model.update(.resize(rows: rows, columns: columns))
        }
        #expect(model.view() == ScriptedRun().model(rows: 24, columns: 80).view())
    }
}
