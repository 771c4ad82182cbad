import RunEvents
import TestSupport
import Testing

@testable import Dashboard

@Suite struct RunHistoryTests {
    private func observed(_ step: Int, _ value: Double, arm: String = "full") -> StampedEvent {
        StampedEvent(
            seconds: Double(step),
            event: .observed(
                Observation(
                    arm: arm, step: step, tokens: step * 10, seconds: Double(step), kind: .target,
                    task: "code", metric: "loss", value: value)))
    }

    private let loss = MetricChoice(.targetLoss, task: "code")

    @Test func laterValueOfAStepWins() {
        var history = RunHistory()
        for (step, value) in [(0, 3.0), (10, 2), (20, 1), (10, 2.5), (15, 1.7)] {
            history.apply(observed(step, value))
        }
        let points = history.arm(named: "full")?.series(of: loss)?.points ?? []
        #expect(points.map(\.step) == [0, 10, 15, 20])
        expectClose(points.map(\.value), [3, 2.5, 1.7, 1])
        #expect(history.bases(of: loss) == [3])
    }

    @Test func anyTaskIsTakenWhereNoneIsNamed() {
        var history = RunHistory()
        history.apply(observed(0, 3))
        #expect(history.has(MetricChoice(.targetLoss)))
        #expect(!history.has(MetricChoice(.targetLoss, task: "math")))
    }

    @Test func resumePutsArmsBack() {
        var history = RunHistory()
        history.apply(observed(50, 1))
        history.apply(StampedEvent(seconds: 60, event: .finished(.interrupted)))
        #expect(history.hasEnded)
        history.apply(StampedEvent(seconds: 61, event: .resumed(arms: ["full": 40])))
        #expect(!history.hasEnded)
        #expect(history.arm(named: "full")?.step == 40)
    }

    @Test("a run that comes whole looks and is judged as if each of its events had come")
    func wholeRun() {
        let run = ScriptedRun()
        var whole = DashboardModel(
            rows: 40, columns: 120, capabilities: .init(glyphs: .braille, hasColor: true))
        _ = whole.update(.state(RunState(after: run.events)))
        let each = run.model(rows: 40, columns: 120)
        #expect(whole.view().text == each.view().text)
        #expect(!whole.update(.tick(seconds: 1)).isEmpty)
    }

    @Test func lettersAreUnique() {
        var taken: Set<Unicode.Scalar> = []
        let names = ["full", "lora-r8", "lora-r16", "full-s1"] + (0..<50).map { "lora-\($0)" }
        for name in names {
            let letter = ArmLetters.letter(for: name, taken: taken)
            #expect(taken.insert(letter).inserted)
        }
        #expect(ArmLetters.letter(for: "full", taken: []) == "f")
        #expect(ArmLetters.letter(for: "lora-r16", taken: ["l"]) == "r")
        #expect(ArmLetters.letter(for: "1/full", taken: []) == "f")
        #expect(ArmLetters.letter(for: "2/full", taken: ["f"]) == "u")
        #expect(ArmLetters.letter(for: "ложь", taken: []) == "a")
    }

    @Test func commandToAllSkipsWhatHasEnded() {
        var history = RunHistory()
        history.apply(StampedEvent(seconds: 0, event: .started(ScriptedRun().identity)))
        history.apply(
            StampedEvent(seconds: 1, event: .armChanged(arm: "full", state: .finished, step: 300)))
        let request = CommandRequest(id: 1, command: .pause, arm: nil, origin: "signal")
        history.apply(StampedEvent(seconds: 2, event: .command(request, state: .asked, step: 7)))
        #expect(history.arm(named: "full")?.command == nil)
        #expect(history.arm(named: "lora-r8")?.command?.text == "pausing @7")
    }

    @Test func learningRateCommandChangesThePeak() {
        var history = RunHistory()
        history.apply(StampedEvent(seconds: 0, event: .started(ScriptedRun().identity)))
        let request = CommandRequest(
            id: 1, command: .setLearningRate(5e-4), arm: "full", origin: "keyboard")
        history.apply(StampedEvent(seconds: 2, event: .command(request, state: .asked, step: 7)))
        #expect(history.arm(named: "full")?.peakLearningRate == 1e-3)
        history.apply(StampedEvent(seconds: 3, event: .command(request, state: .applied, step: 8)))
        #expect(history.arm(named: "full")?.peakLearningRate == 5e-4)
    }
}
