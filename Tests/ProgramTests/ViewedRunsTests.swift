import Dashboard
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
            #expect(
                try runs.poll() == [
                    .written(false), .state(RunState(after: [event(1), event(2)])),
                ])
            #expect(try runs.poll().isEmpty)
            try cut(folder)
            try append([event(3)], to: folder)
            #expect(
                try runs.poll() == [.restart, .written(false), .state(RunState(after: [event(3)]))])
            #expect(try runs.poll().isEmpty)
        }
    }

    @Test("a cut of one of several runs brings all of them anew")
    func severalRuns() throws {
        try withFastFolder { parent in
            let folders = try [makeRun("a", in: parent), makeRun("b", in: parent)]
            let runs = try ViewedRuns(folders)
            #expect(try runs.poll().compactMap(arm) == ["1/full @2", "2/full @2"])
            try cut(folders[1])
            try append([event(3)], to: folders[1])
            let inputs = try runs.poll()
            #expect(inputs.first == .restart)
            #expect(inputs.compactMap(arm) == ["1/full @2", "2/full @3"])
            try append([event(4)], to: folders[0])
            #expect(try runs.poll().compactMap(arm) == ["1/full @4"])
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

    @Test("a run is written as long as its lock is held, and again when it goes on")
    func writers() throws {
        try withFastFolder { parent in
            let folder = try makeRun("a", in: parent)
            var lock: RunLock? = try RunLock(folder)
            let runs = try ViewedRuns([folder])
            #expect(try runs.poll().first == .written(true))
            #expect(lock?.folder == folder)
            lock = nil
            #expect(try soon(runs) == [.written(false)])
            lock = try RunLock(folder)
            #expect(try soon(runs) == [.written(true)])
            #expect(lock?.folder == folder)
        }
    }

    @Test("looking at a run never keeps another process from writing it")
    func lookingDisturbsNobody() throws {
        try withFastFolder { parent in
            let folder = try makeRun("a", in: parent)
            let looker = Thread { for _ in 0..<20_000 { _ = RunLock.isHeld(folder) } }
            looker.start()
            for _ in 0..<200 { _ = try RunLock(folder) }
            while !looker.isFinished { Thread.sleep(forTimeInterval: 0.01) }
            try FileManager.default.removeItem(at: folder.url.appending(path: "lock"))
            #expect(!RunLock.isHeld(folder))
        }
    }

    /// What the runs tell next.
    private func soon(_ runs: ViewedRuns) throws -> [DashboardInput] {
        for _ in 0..<200 {
            let inputs = try runs.poll()
            if !inputs.isEmpty { return inputs }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return []
    }

    @Test("lines that cannot be read are told once, behind the events")
    func damagedLines() throws {
        try withFastFolder { parent in
            let folders = try ["a", "b"].map { try makeRun($0, in: parent) }
            let log = try FileHandle(forWritingTo: folders[1].eventsFile)
            try log.seekToEnd()
            try log.write(contentsOf: Data("{}\n{}\n".utf8))
            let runs = try ViewedRuns(folders)
            let inputs = try runs.poll()
            #expect(inputs.compactMap(arm) == ["1/full @2", "2/full @2"])
            let text =
                "2/events.jsonl: 2 lines are unreadable and left out, the first is line 4"
                + " (missing key seconds)"
            let notice = Notice(level: .alert, arm: nil, step: 0, text: text)
            let told = StampedEvent(seconds: 2, event: .notice(notice))
            #expect(inputs.last == .event(told, run: 1))
            #expect(try runs.poll().isEmpty)
            #expect(try ViewedRuns([folders[0]]).poll().compactMap(arm) == ["1/full @2"])
        }
    }

    // MARK: - Runs

    private func event(_ step: Int) -> StampedEvent {
        StampedEvent(
            seconds: Double(step), event: .armChanged(arm: "full", state: .training, step: step))
    }

    /// The arm that an input tells of and its step, behind the number of its run.
    private func arm(_ input: DashboardInput) -> String? {
        switch input {
        case .state(let state, let run):
            return state.trajectories.first.map { "\(run + 1)/\($0.name) @\($0.step)" }
        case .event(let stamped, let run):
            guard case .armChanged(let arm, _, let step) = stamped.event else { return nil }
            return "\(run + 1)/\(arm) @\(step)"
        default: return nil
        }
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
        let history = try RecordedRun.read(folder)
        try history.folder.cut(
            to: history.folder.resumePoint(), arms: ["a", "b", "full", "lora-r8"],
            lock: RunLock(folder))
    }
}
