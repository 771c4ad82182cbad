import Foundation
import RunEvents
import Studies
import StudySamples
import TestSupport
import Testing
import Verdicts

/// Trajectories that forget more than the study allows.
@Suite struct BudgetTests {
    /// A rate at which the small model forgets much at once, and one at which it hardly does.
    private static func settings(_ budget: String) -> [String] {
        [
            "arms.full.learning_rate=2e-1", "arms.lora.learning_rate=1e-9", "evaluate.early=true",
            "budget=\(budget)",
        ]
    }

    private static func alerts(_ recording: StudyRecording) -> [Notice] {
        recording.events.compactMap { event in
            if case .notice(let notice) = event, notice.level == .alert { notice } else { nil }
        }
    }

    private static func forgetting(_ recording: StudyRecording) -> [(step: Int, value: Double)] {
        recording.observations("full", "forgetting").map { ($0.step, $0.value) }
    }

    /// A budget that `full` first crosses between two points, and the second of them.
    private static func budget() throws -> (amount: Double, step: Int) {
        let curve = forgetting(try StudyRecording.run(settings("{ forgetting: 1e9 }")))
        let (before, after) = try #require(zip(curve, curve.dropFirst()).first { $1.value > 0 })
        #expect(after.value > before.value && after.step < 8)
        return ((max(0, before.value) + after.value) / 2, after.step)
    }

    @Test("crossing is told once, and changes nothing else by default")
    func alert() throws {
        let (amount, step) = try Self.budget()
        let recording = try StudyRecording.run(Self.settings("{ forgetting: \(amount) }"))
        let alerts = Self.alerts(recording)
        let values = Self.forgetting(recording).map(\.value)
        let crossings = zip(values, values.dropFirst()).count { $0 <= amount && $1 > amount }
        #expect(alerts.count == crossings && crossings > 0)
        #expect(alerts.first?.arm == "full" && alerts.first?.step == step)
        #expect(alerts.first?.text.contains("more than the budget of \(amount)") == true)
        #expect(recording.trainedSteps("full") == Array(1...8))
        #expect(recording.outcome == .completed)
    }

    @Test("a trajectory that crosses it is stopped if the study says so, and the others go on")
    func stop() throws {
        let (amount, step) = try Self.budget()
        let recording = try StudyRecording.run(
            Self.settings("{ forgetting: \(amount), then: stop }"))
        #expect(recording.trainedSteps("full") == Array(1...step))
        #expect(recording.states("full").last == .stopped)
        #expect(recording.savedSteps("full").last == step)
        #expect(recording.trainedSteps("lora") == Array(1...8))
        #expect(recording.outcome == .completed)
    }

    @Test(
        "or paused until somebody lets it go on, and it is not paused again for the same crossing")
    func pause() throws {
        let (amount, step) = try Self.budget()
        let recording = try StudyRecording.run(
            Self.settings("{ forgetting: \(amount), then: pause }")
        ) { event, recording in
            if case .armChanged("full", .paused, _) = event {
                recording.commands.ask(.resume, arm: "full", origin: "keyboard")
            }
        }
        let states = recording.states("full")
        #expect(states.contains(.paused) && states.last == .finished)
        #expect(states.count { $0 == .paused } == Self.alerts(recording).count { $0.step < 8 })
        #expect(recording.savedSteps("full").contains(step))
        #expect(recording.trainedSteps("full") == Array(1...8))
    }

    @Test(
        "the checkpoints that a verdict with the study's budget names are kept, and no others more")
    func keepsCheckpoints() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write(Self.records, to: "code/eval.jsonl")
            let settings = [
                "train.schedule=constant", "train.steps=12", "evaluate.every=1",
                "evaluate.limit=12", "checkpoint.keep=1", "checkpoint.every=12",
                "arms.full.learning_rate=2e-2", "arms.lora.learning_rate=2e-2",
            ]
            let free = try StudyRecording.run(
                small.prepared(settings), in: folder.appending(path: "free"))
            let forgotten = Self.forgetting(free).map(\.value).filter { $0 > 0 }.sorted()
            for (run, share) in [0.2, 0.5, 0.8].enumerated() {
                let budget = forgotten[Int(share * Double(forgotten.count))]
                let place = folder.appending(path: "run-\(run)")
                let recording = try StudyRecording.run(
                    small.prepared(settings + ["budget={ forgetting: \(budget) }"]), in: place)
                let verdict = try Verdict(
                    try VerdictInput([RunState(after: recording.stamped)]),
                    settings: VerdictSettings(budget: budget))
                let reading = try #require(verdict.budget)
                #expect(verdict.choosesApart, "the choice is made on half of the items")
                for best in reading.arms.map(\.best) where best.step > 0 {
                    let kept = try PlainCheckpoints(
                        folder: place.appending(path: "checkpoints"), journal: CheckpointReads()
                    ).steps(arm: best.trajectory)
                    #expect(Set(kept) == [best.step, 12], "\(best)")
                }
                #expect(reading.arms.contains { (1...11).contains($0.best.step) })
            }
        }
    }

    private static let records = (0..<12).map { index in
        #"{"instruction": "Say \#(index) twice.", "output": "\#(index) \#(index)"}"# + "\n"
    }.joined()

    @Test(
        "the key is checked",
        arguments: [
            ("budget: { then: stop }", "17: budget.forgetting: missing; write a number above 0"),
            ("budget: { forgetting: 0 }", "17: budget.forgetting: is 0; must be above 0"),
            (
                "budget: { forgetting: 1, then: quit }",
                "17: budget.then: is `quit`; use alert or pause or stop"
            ),
            ("budget: 0.1", "17: budget: is `0.1`, not keys with values"),
            (
                "budget: { forgetting: 1, when: now }",
                "17: budget.when: unknown key; did you mean `then`?"
            ),
        ])
    func problems(text: String, problem: String) throws {
        let problems = try StudyFileSamples.problems(StudyFileSamples.text + text + "\n")
        #expect(problems.contains("code.yaml:" + problem), "\(problems)")
    }

    @Test("it needs something to measure forgetting with, and reads back")
    func text() throws {
        let budget = "budget: { forgetting: 0.1, then: pause }\n"
        let problems = try StudyFileSamples.problems(
            StudyFileSamples.text(line: 6, "  # none") + budget)
        #expect(
            problems == [
                "code.yaml:17: budget: needs a held-out text to measure forgetting; add `source.text`"
            ])
        let study = try StudyFileSamples.parse(StudyFileSamples.text + budget)
        #expect(study.budget?.forgetting == 0.1 && study.budget?.consequence == .pause)
        #expect(try StudyFileSamples.parse(study.yaml()) == study)
    }
}
