import Bases
import Foundation
import Models
import RunEvents
import Studies
import StudySamples
import Tensors
import TestSupport
import Testing

@Suite struct StudyRunnerTests {
    @Test("a run begins with its identity and the base's scores, and ends with the outcome")
    func beginsAndEnds() throws {
        let recording = try StudyRecording.run()
        guard case .started(let identity)? = recording.events.first else {
            Issue.record("the first event is \(String(describing: recording.events.first))")
            return
        }
        #expect(identity.arms.map(\.name) == ["full", "lora"])
        #expect(identity.arms.map(\.plannedSteps) == [8, 8])
        #expect(identity.arms[1].trainableParameters < identity.arms[0].trainableParameters)
        #expect(identity.arms.map { $0.settings?.lossMask } == ["response", "response"])
        #expect(identity.arms[1].settings?.method.contains("rank ") == true)
        #expect(identity.arms[0].settings?.data.contains(" examples of ") == true)
        #expect(identity.evaluation?["target.regime"] == "instruct")
        #expect(identity.evaluation?.keys.contains("evaluate.limit") == true)
        #expect(recording.outcome == .completed)
        #expect(recording.events.last == .finished(.completed))
        let firstTraining = recording.events.firstIndex { $0.isStep(1, of: "full") } ?? 0
        let base = recording.events[..<firstTraining].filter { event in
            if case .observed(let seen) = event { seen.metric == "bits_per_byte" } else { false }
        }
        #expect(base.count == 2)
    }

    @Test("a run that fails tells why as its last event")
    func fails() throws {
        try withTemporaryFolder { folder in
            let prepared = try SmallStudy(in: folder).prepared()
            try Data().write(to: folder.appending(path: "checkpoints"))
            var events: [RunEvent] = []
            let error = try #require(throws: (any Error).self) {
                try StudyRecording.run(prepared, in: folder) { event, _ in events.append(event) }
            }
            #expect(events.last == .finished(.failed(description: "\(error)")))
        }
    }

    @Test("each arm tells its optimiser, and the result of training is what is scored and stored")
    func optimizer() throws {
        let recording = try StudyRecording.run([
            "arms.lora.optimizer=schedule-free-adamw", "train.weight_decay=0.1",
        ])
        let texts = recording.events.compactMap { event -> String? in
            if case .notice(let notice) = event, let arm = notice.arm {
                "\(arm): \(notice.text)"
            } else {
                nil
            }
        }
        #expect(
            texts == [
                "full: optimizer: adamw, betas 0.9 and 0.999, epsilon 1e-08, "
                    + "weight decay 0.1 times the learning rate",
                "lora: optimizer: schedule-free-adamw, betas 0.9 and 0.999, epsilon 1e-08, "
                    + "no weight decay, no schedule after the warm-up",
            ])
        let rates = recording.observations("lora", "learning_rate").map(\.value)
        #expect(Set(rates.dropFirst(2)).count == 1)
        let other = try StudyRecording.run([
            "arms.lora.optimizer=schedule-free-adamw", "evaluate.every=2",
        ])
        let losses = { (run: StudyRecording) in
            run.observations("lora", "loss").filter { $0.kind == .train }.map(\.value)
        }
        #expect(losses(other) == losses(recording))
    }

    @Test("step 0 has the same scores for every arm and no forgetting")
    func stepZero() throws {
        let recording = try StudyRecording.run()
        let rows = { (arm: String) in
            recording.observations(arm).filter { $0.step == 0 && $0.kind != .cost }.map { seen in
                "\(seen.kind) \(seen.task) \(seen.metric) \(seen.value)"
            }
        }
        #expect(rows("full") == rows("lora"))
        #expect(Set(rows("full")).count == 8)
        let forgetting = recording.observations(nil, "forgetting").filter { $0.step == 0 }
        #expect(forgetting.map(\.value) == [0, 0])
        let later = recording.observations("full", "forgetting").filter { $0.step == 8 }
        #expect(later.allSatisfy { $0.value != 0 } && later.count == 1)
    }

    @Test("arms take turns slice by slice")
    func armsTakeTurns() throws {
        let recording = try StudyRecording.run()
        let turns = recording.events.compactMap { event -> String? in
            guard case .observed(let seen) = event, seen.kind == .train, seen.metric == "loss"
            else { return nil }
            return "\(seen.arm) \(seen.step)"
        }
        let slices = [("full", 1...4), ("lora", 1...4), ("full", 5...8), ("lora", 5...8)]
        #expect(turns == slices.flatMap { arm, steps in steps.map { "\(arm) \($0)" } })
    }

    @Test(
        "evaluations come at their interval and at the end, and each is followed by a checkpoint",
        arguments: [(3, 3, [0, 3, 6, 8], [3, 6, 8]), (2, 5, [0, 2, 4, 6, 8], [2, 4, 6, 8])])
    func intervals(every: Int, checkpoint: Int, evaluated: [Int], saved: [Int]) throws {
        let recording = try StudyRecording.run([
            "evaluate.every=\(every)", "checkpoint.every=\(checkpoint)",
        ])
        for arm in ["full", "lora"] {
            #expect(recording.evaluatedSteps(arm) == evaluated)
            #expect(recording.savedSteps(arm) == saved)
        }
    }

    @Test("an arm may have fewer steps than another")
    func ownSteps() throws {
        let recording = try StudyRecording.run(["arms.lora.steps=3"])
        #expect(recording.trainedSteps("lora") == [1, 2, 3])
        #expect(recording.trainedSteps("full") == Array(1...8))
        #expect(recording.states("lora").last == .finished)
        #expect(recording.outcome == .completed)
    }

    @Test("the same seed gives the same numbers bit for bit, another seed does not")
    func seeds() throws {
        let rows = try StudyRecording.run().exactRows
        #expect(try StudyRecording.run().exactRows == rows)
        #expect(try StudyRecording.run(["seeds=[1]"]).exactRows != rows)
    }

    @Test("several seeds make an arm each")
    func severalSeeds() throws {
        let recording = try StudyRecording.run(["seeds=[0, 1]", "train.steps=4"])
        let names = ["full-s0", "full-s1", "lora-s0", "lora-s1"]
        for name in names { #expect(recording.evaluatedSteps(name) == [0, 4]) }
        let losses = names.prefix(2).map { recording.observations($0, "loss").map(\.value) }
        #expect(losses[0] != losses[1])
    }

    @Test("training leaves the base's weights as they were, and the arms learn")
    func baseStays() throws {
        try withTemporaryFolder { folder in
            let prepared = try SmallStudy(in: folder).prepared()
            let before = prepared.base.model.parameters.map { Array($0.storage.buffer) }
            let recording = try StudyRecording.run(prepared, in: folder)
            let after = prepared.base.model.parameters.map { Array($0.storage.buffer) }
            #expect(before == after)
            for arm in ["full", "lora"] {
                let losses = recording.observations(arm, "loss").filter { $0.kind == .target }
                #expect(try #require(losses.last).value < losses[0].value)
            }
        }
    }

    @Test("the tokens of a row count what was trained on")
    func tokens() throws {
        let recording = try StudyRecording.run()
        let tokens = recording.observations("full").map(\.tokens)
        #expect(tokens.first == 0)
        #expect(tokens == tokens.sorted())
        let last = try #require(tokens.last)
        #expect(last > 8 * 2 && last <= 8 * 2 * 32)
    }
}
