import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

@testable import lethe

@Suite struct ViewedRunsTests {
    @Test("every event comes once, and after a cut all that is left comes anew")
    func oneRun() throws {
        try withFastFolder { parent in
            let folder = try makeRun("a", in: parent)
            let runs = try ViewedRuns([folder])
            #expect(try runs.poll() == .init(isRestart: false, events: [event(1), event(2)]))
            #expect(try runs.poll() == .init(isRestart: false, events: []))
            try cut(folder)
            try append([event(3)], to: folder)
            #expect(try runs.poll() == .init(isRestart: true, events: [event(3)]))
            #expect(try runs.poll() == .init(isRestart: false, events: []))
        }
    }

    @Test("a cut of one of several runs brings all of them anew")
    func severalRuns() throws {
        try withFastFolder { parent in
            let folders = try [makeRun("a", in: parent), makeRun("b", in: parent)]
            let runs = try ViewedRuns(folders)
            let arms = ["1/full", "1/full", "2/full", "2/full"]
            #expect(try runs.poll().events.map(arm) == arms)
            try cut(folders[1])
            try append([event(3)], to: folders[1])
            let batch = try runs.poll()
            #expect(batch.isRestart)
            #expect(batch.events.map(arm) == ["1/full", "1/full", "2/full"])
            try append([event(4)], to: folders[0])
            #expect(try runs.poll().events.map(arm) == ["1/full"])
        }
    }

    @Test("a damaged log is told before anything is shown")
    func damaged() throws {
        try withFastFolder { parent in
            let folder = try makeRun("a", in: parent)
            try Data("no log\n".utf8).write(to: folder.eventsFile)
            #expect(throws: RunStoreError.self) { try ViewedRuns([folder]) }
        }
    }

    // MARK: - Runs

    private func event(_ step: Int) -> StampedEvent {
        StampedEvent(
            seconds: Double(step), event: .armChanged(arm: "full", state: .training, step: step))
    }

    private func arm(_ stamped: StampedEvent) -> String? {
        if case .armChanged(let arm, _, _) = stamped.event { arm } else { nil }
    }

    private func makeRun(_ name: String, in parent: URL) throws -> RunFolder {
        let folder = try RunFolder.create(at: parent.appending(path: name))
        try append([event(1), event(2)], to: folder)
        return folder
    }

    private func append(_ events: [StampedEvent], to folder: RunFolder) throws {
        let writer = try RunWriter(lock: RunLock(folder))
        for event in events { try writer.receive(event) }
    }

    /// Empties the log as the resume of a run without checkpoints does.
    private func cut(_ folder: RunFolder) throws {
        let history = try RunHistory.read(folder)
        try history.truncate(to: history.resumePoint(), lock: RunLock(folder))
    }
}
