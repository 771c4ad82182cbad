import Foundation
import RunEvents
import StudySamples
import Studies
import TestSupport
import Testing
import Training

/// Studies that go on from what is stored of them.
@Suite struct ContinuedStudyTests {
    @Test("an arm whose checkpoint is beyond its plan is refused before anything is told")
    func beyondThePlan() throws {
        try withStored { small, folder in
            let shorter = try small.prepared(["arms.full.steps=2"])
            let error = #expect(throws: CheckpointError.self) {
                try Self.run(shorter, in: folder, from: ["full": 4, "lora": 4]) { _ in
                    Issue.record("an event of a run that cannot go on")
                }
            }
            #expect(error?.description.contains("step 4 of the 2 that are planned") == true)
        }
    }

    @Test("an arm without a step left that was scored ends")
    func nothingLeft() throws {
        try withStored { small, folder in
            var events: [RunEvent] = []
            let outcome = try Self.run(
                try small.prepared(), in: folder, from: ["full": 8, "lora": 8]
            ) { events.append($0) }
            #expect(outcome == .completed)
            #expect(events.contains(.armChanged(arm: "full", state: .finished, step: 8)))
            #expect(events.contains(.armChanged(arm: "lora", state: .finished, step: 8)))
            #expect(events.count < 100)
        }
    }

    @Test("an arm that finished before its last step did not finish")
    func notFinished() throws {
        try withStored { small, folder in
            let prepared = try small.prepared()
            let error = StoredStateError.notFinished(arm: "full", step: 4, planned: 8)
            #expect(throws: error) {
                try Self.run(prepared, in: folder, from: ["full": 4, "lora": 4], .finished)
            }
        }
    }

    /// Passes on a small study that has been run, and where its checkpoints are.
    private func withStored(_ body: (SmallStudy, URL) throws -> Void) throws {
        try withFastFolder { folder in
            let small = try SmallStudy(in: folder)
            _ = try StudyRecording.run(try small.prepared(), in: folder)
            try body(small, folder)
        }
    }

    private static func run(
        _ prepared: PreparedStudy, in folder: URL, from checkpoints: [String: Int],
        _ state: ArmState = .waiting, _ user: @escaping (RunEvent) -> Void = { _ in }
    ) throws -> RunOutcome? {
        let arms = checkpoints.mapValues { step in
            Continuation.Arm(checkpoint: step, state: state, evaluatedStep: step, seconds: 1)
        }
        return try StudyRecording.run(
            prepared, in: folder,
            continuing: Continuation(
                arms: arms, seconds: 1, commands: [], lastCommandID: 0, hasStarted: true,
                position: RunPosition())
        ) { event, _ in user(event) }.outcome
    }
}
