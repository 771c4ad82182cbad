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

    // MARK: - Items

    private static let items = ItemSet(
        key: MeasureKey(kind: .target, task: "code", metric: "loss"), hashes: [1, 2],
        counts: [3, 4])

    private static func scored(_ step: Int, of arm: String = "full") -> StampedEvent {
        let scores = ItemScores(arm: arm, step: step, key: items.key, sums: [Double(step), 0.5])
        return StampedEvent(seconds: 0, event: .scored(scores))
    }

    private static let started = StampedEvent(
        seconds: 0,
        event: .started(
            RunIdentity(
                run: "a", study: "s", base: "b", domain: "code", targetTasks: ["code"],
                sourceTasks: [], evaluateEvery: 1,
                arms: [
                    ArmIdentity(
                        name: "full", method: "full", rank: nil, seed: 0, plannedSteps: 9,
                        learningRate: 1, trainableParameters: 1, totalParameters: 1)
                ])))

    @Test("the items of a run are there from the beginning, and come as they are added")
    func followsItems() throws {
        try withFastFolder { parent in
            let folder = try RunFolder.create(at: parent.appending(path: "a"))
            let set = StampedEvent(seconds: 0, event: .items(Self.items))
            let first = [Self.started, set, Self.scored(1), event(1)]
            try append(first, to: folder)
            let runs = try ViewedRuns([folder])
            let expected = RunState(after: first)
            #expect(expected.trajectories[0].scores[Self.items.key]?.count == 1)
            #expect(try runs.poll() == [.written(false), .state(expected)])
            try append([Self.scored(2), Self.scored(2, of: "stranger"), event(2)], to: folder)
            let more = try inputs(of: runs, until: Self.scored(2))
            #expect(more.contains(.event(event(2))) && !more.contains(.restart))
            #expect(!more.contains(.event(Self.scored(2, of: "stranger"))))
            try cut(folder)
            try append([Self.started, set, Self.scored(3), event(3)], to: folder)
            let anew = try inputs(of: runs, until: Self.scored(3))
            #expect(anew.contains(.restart) && anew.contains(.event(set)))
            #expect(!anew.contains(.event(Self.scored(2))))
        }
    }

    private func inputs(
        of runs: ViewedRuns, until last: StampedEvent
    ) throws -> [DashboardInput] {
        var inputs: [DashboardInput] = []
        for _ in 0..<200 where !inputs.contains(.event(last)) {
            inputs += try runs.poll()
            Thread.sleep(forTimeInterval: 0.02)
        }
        #expect(inputs.contains(.event(last)))
        return inputs
    }

    @Test("records of items that cannot be read are told once")
    func damagedItems() throws {
        try withFastFolder { parent in
            let folder = try RunFolder.create(at: parent.appending(path: "a"))
            let set = StampedEvent(seconds: 0, event: .items(Self.items))
            try append([Self.started, set, event(1), Self.scored(1)], to: folder)
            var bytes = try Data(contentsOf: folder.itemsFile)
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: folder.itemsFile)
            let runs = try ViewedRuns([folder])
            let told = try runs.poll().compactMap { input -> String? in
                guard case .event(let stamped, _) = input, case .notice(let notice) = stamped.event
                else { return nil }
                return notice.text
            }
            #expect(told.count == 1)
            #expect(told.first?.hasPrefix("items/scores.bin: a record is unreadable") == true)
            Thread.sleep(forTimeInterval: 0.3)
            #expect(try runs.poll().isEmpty)
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
