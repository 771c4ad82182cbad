import Bases
import Foundation
import Models
import RunEvents
import Studies
import StudySamples
import Tensors
import TestSupport
import Testing

@Suite struct StudyDivergenceTests {
    @Test("an arm whose loss is no number ends with an alert, the others go on")
    func stopArm() throws {
        let recording = try StudyRecording.run(["arms.full.learning_rate=1e30"])
        #expect(recording.states("full").last == .diverged)
        let steps = recording.trainedSteps("full")
        let last = try #require(steps.last)
        #expect(last >= 2 && last < 8)
        let ends = recording.observations("full").filter { $0.kind == .train && $0.step == last }
        #expect(ends.contains { !$0.value.isFinite })
        #expect(recording.savedSteps("full").last == last)
        let alerts = recording.events.compactMap { event -> Notice? in
            if case .notice(let notice) = event, notice.level != .info { notice } else { nil }
        }
        #expect(alerts.map(\.level) == [.alert])
        #expect(alerts.map(\.arm) == ["full"])
        #expect(alerts.map(\.step) == [last])
        #expect(recording.trainedSteps("lora") == Array(1...8))
        #expect(recording.outcome == .completed)
    }

    @Test("with the policy to stop the run ends there")
    func stopRun() throws {
        let recording = try StudyRecording.run([
            "arms.full.learning_rate=1e30", "on_divergence=stop_run",
        ])
        #expect(recording.outcome == .diverged(arm: "full"))
        #expect(recording.events.last == .finished(.diverged(arm: "full")))
        #expect(recording.trainedSteps("lora").isEmpty)
    }

    @Test("that policy also counts what an evaluation or a checkpoint out of turn finds out")
    func stopRunOutOfTurn() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let prepared = try small.prepared(["on_divergence=stop_run"])
            for parameter in prepared.base.model.parameters.suffix(1) {
                parameter.storage.buffer[0] = .infinity
            }
            let recording = try StudyRecording.run(prepared, in: folder) { event, recording in
                guard case .started = event else { return }
                _ = recording.commands.ask(.evaluate, arm: "full", origin: "test")
            }
            #expect(recording.states("full").last == .diverged)
            #expect(
                recording.trainedSteps("full").isEmpty && recording.trainedSteps("lora").isEmpty)
            #expect(recording.outcome == .diverged(arm: "full"))
        }
    }

    @Test("with numbers that are not finite in memory, every arm diverges at once")
    func brokenMemory() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let prepared = try small.prepared()
            for parameter in prepared.base.model.parameters.suffix(1) {
                parameter.storage.buffer[0] = .nan
            }
            let recording = try StudyRecording.run(prepared, in: folder)
            for arm in ["full", "lora"] {
                #expect(recording.trainedSteps(arm) == [1])
                #expect(recording.states(arm).last == .diverged)
                let scores = recording.observations(arm, "loss").filter { $0.kind == .target }
                #expect(scores.map(\.step) == [0] && scores[0].value.isNaN)
            }
            #expect(recording.outcome == .diverged(arm: "full, lora"))
        }
    }
}
