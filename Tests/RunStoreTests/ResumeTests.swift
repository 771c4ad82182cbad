import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

@Suite struct ResumeTests {
    @Test("a run killed after any event ends with the table and the items of an uninterrupted one")
    func aKilledRunEndsTheSame() throws {
        try withFastFolder { parent in
            let whole = try SampleRun.folder(in: parent.appending(path: "whole"))
            var trainer = ScriptedTrainer()
            let count = try Self.run(&trainer, whole, limit: .max)
            let expected = try String(contentsOf: whole.metricsFile, encoding: .utf8)
            let items = try StoredItems.read(whole).events
            #expect(count > 25 && items.count == 7)
            for limit in 0..<count {
                let folder = try SampleRun.folder(in: parent.appending(path: "cut-\(limit)"))
                var first = ScriptedTrainer()
                _ = try Self.run(&first, folder, limit: limit)
                var second = try Self.resumed(folder)
                _ = try Self.run(&second, folder, limit: .max)
                let table = try String(contentsOf: folder.metricsFile, encoding: .utf8)
                #expect(table == expected, "killed after \(limit) events")
                let kept = try StoredItems.read(folder)
                #expect(kept.events == items, "killed after \(limit) events")
                #expect(kept.damage == nil)
            }
        }
    }

    @Test("the point is where every arm stands at its checkpoint")
    func thePointIsWhereEveryArmStands() throws {
        try withHistory([
            Self.seen("a", 2), Self.saved("a", 2), Self.seen("b", 2), Self.saved("b", 2),
            Self.seen("a", 4), Self.saved("a", 4), Self.seen("b", 3),
        ]) { history in
            let point = try history.folder.resumePoint()
            #expect(point.eventCount == 6)
            #expect(point.arms == ["a": 4, "b": 2])
            #expect(point.seconds == 5)
        }
    }

    @Test("a prefix in which another arm has moved on does not count")
    func aPrefixWithAnArmInBetweenDoesNotCount() throws {
        try withHistory([
            Self.saved("a", 2), Self.seen("b", 1), Self.saved("a", 4),
        ]) { history in
            let point = try history.folder.resumePoint()
            #expect(point.eventCount == 1)
        }
    }

    @Test("scores at the checkpoint's own step do not spoil it")
    func scoresAtTheSameStepDoNotSpoil() throws {
        try withHistory([
            Self.saved("a", 2), Self.seen("a", 2), Self.saved("b", 2), Self.seen("a", 3),
        ]) { history in
            let point = try history.folder.resumePoint()
            #expect(point.eventCount == 3)
        }
    }

    @Test("without a checkpoint the run starts over")
    func withoutACheckpointTheRunStartsOver() throws {
        try withHistory([
            Self.seen("a", 1), Self.asked(1, .evaluate, "a"), Self.seen("b", 2),
            Self.asked(2, .pause, nil),
        ]) { history in
            let point = try history.folder.resumePoint()
            #expect(point.eventCount == 0)
            #expect(point.arms.isEmpty)
            #expect(point.commands.map(\.part) == [.asked, .asked])
            #expect(point.commands.map(\.moment.steps) == [1, 3])
            #expect(point.lastCommandID == 2)
        }
    }

    @Test("commands whose effect is in no checkpoint are given back")
    func commandsThatNoCheckpointHoldsAreGivenBack() throws {
        try withHistory([
            Self.applied(1, .setLearningRate(1), "b"), Self.saved("b", 2),
            Self.applied(2, .setLearningRate(2), "b"), Self.applied(3, .pause, "b"),
            Self.saved("a", 2), Self.asked(4, .checkpoint, "b"), Self.asked(5, .quit, nil),
        ]) { history in
            let commands = try history.folder.resumePoint().commands
            #expect(commands.map(\.request.command) == [.setLearningRate(2), .checkpoint])
            #expect(commands.map(\.part) == [.effect, .asked])
        }
    }

    @Test("commands that wait to be given again survive another kill")
    func waitingCommandsSurviveAnotherKill() throws {
        try withHistory([
            Self.saved("a", 2), Self.seen("a", 3), Self.asked(7, .evaluate, "a"),
        ]) { history in
            let lock = try RunLock(history.folder)
            let first = try history.folder.resumePoint()
            #expect(first.commands.map(\.moment) == [RunMoment(steps: 3, events: 1)])
            try history.folder.cut(to: first, arms: ["a", "b", "full", "lora-r8"], lock: lock)
            #expect(try RecordedRun.read(history.folder).events().count == 1)
            #expect(try history.folder.resumePoint() == first)
        }
    }

    @Test("each part of a command's life comes again by itself")
    func partsComeAgain() throws {
        try withHistory([
            Self.asked(1, .pause, "a"), Self.asked(2, .evaluate, "a"), Self.applied(1, .pause, "a"),
            Self.asked(3, .checkpoint, "a"), Self.saved("a", 2), Self.applied(2, .evaluate, "a"),
            Self.seen("a", 3), Self.asked(4, .resume, nil), Self.seen("a", 4),
            Self.applied(4, .resume, "a"), Self.applied(4, .resume, "b"),
        ]) { history in
            let point = try history.folder.resumePoint()
            let lines = point.commands.map { "\($0.request.id) \($0.part)" }
            #expect(lines == ["3 taken", "2 taken", "4 asked", "4 taken"])
            #expect(point.commands.map(\.moment.steps) == [0, 2, 3, 4])
            #expect(point.commands[3].request.arm == nil, "it was asked of all arms")
            #expect(point.lastCommandID == 4)
        }
    }

    @Test("what an earlier version stored of commands is asked again at its steps")
    func formerCommandsAreRead() throws {
        try withHistory([Self.saved("a", 2)]) { history in
            try Data(
                """
                {"schemaVersion": 1, "commands": [{"isRecorded": false, "position": 3, "request":
                {"id": 7, "arm": "a", "origin": "keyboard", "command": {"type": "evaluate"}}}]}
                """.utf8
            ).write(to: history.folder.commandsFile)
            let commands = try history.folder.resumePoint().commands
            #expect(commands.map(\.moment) == [RunMoment(steps: 3, events: 0)])
            #expect(commands.map(\.part) == [.asked])
        }
    }

    @Test("once the log tells a waiting command it waits no more")
    func aToldCommandWaitsNoMore() throws {
        try withHistory([Self.saved("a", 2), Self.asked(7, .evaluate, "a")]) { history in
            let folder = history.folder
            do {
                let lock = try RunLock(folder)
                try history.folder.cut(
                    to: history.folder.resumePoint(), arms: ["a", "b", "full", "lora-r8"],
                    lock: lock)
                let writer = try RunWriter(lock: lock)
                for event in [
                    Self.asked(7, .evaluate, "a"), Self.applied(7, .evaluate, "a"),
                    Self.saved("a", 4),
                ] {
                    try writer.receive(StampedEvent(seconds: 1, event: event))
                }
                _ = try CheckpointFolder(run: folder, arm: "a").write(step: 4) { _ in }
            }
            #expect(try folder.resumePoint().commands.isEmpty)
        }
    }

    @Test("a point whose folder is gone falls back to one that is whole")
    func aPointWhoseFolderIsGoneFallsBack() throws {
        try withHistory([Self.saved("a", 2), Self.saved("a", 4)]) { history in
            let checkpoints = try CheckpointFolder(run: history.folder, arm: "a")
            try checkpoints.remove(after: 2)
            #expect(try history.folder.resumePoint().arms == ["a": 2])
            try FileManager.default.removeItem(at: checkpoints.url)
            let path = history.folder.url.path
            #expect(throws: RunStoreError.checkpointsMissing(path: path, arm: "a", step: 4)) {
                try history.folder.resumePoint()
            }
        }
    }

    @Test("a finished run is never cut")
    func aFinishedRunIsNeverCut() throws {
        try withHistory([Self.saved("a", 2), .finished(.completed)]) { history in
            let error = RunStoreError.runFinished(path: history.folder.url.path)
            #expect(throws: error) { try history.folder.resumePoint() }
        }
    }

    @Test("truncating removes later checkpoints and drafts")
    func truncatingRemovesLaterCheckpoints() throws {
        try withHistory([.started(SampleRun.identity), Self.saved("full", 2)]) { history in
            let checkpoints = try CheckpointFolder(run: history.folder, arm: "full")
            _ = try checkpoints.write(step: 4) { _ in }
            try history.folder.cut(
                to: history.folder.resumePoint(), arms: ["a", "b", "full", "lora-r8"],
                lock: RunLock(history.folder))
            #expect(try checkpoints.steps() == [2])
        }
    }

    @Test("what is removed does not depend on what the log still tells")
    func anEmptiedLogStillClears() throws {
        try withHistory([Self.seen("a", 1)]) { history in
            let checkpoints = try CheckpointFolder(run: history.folder, arm: "a")
            _ = try checkpoints.write(step: 1) { _ in }
            let stray = history.folder.checkpointsFolder.appending(path: "notes.txt")
            try Data("mine".utf8).write(to: stray)
            let lock = try RunLock(history.folder)
            try history.folder.cut(
                to: history.folder.resumePoint(), arms: ["a", "b", "full", "lora-r8"], lock: lock)
            #expect(try checkpoints.steps().isEmpty)
            _ = try checkpoints.write(step: 2) { _ in }
            let emptied = try RecordedRun.read(history.folder)
            #expect(try emptied.events().isEmpty)
            try emptied.folder.cut(
                to: emptied.folder.resumePoint(), arms: ["a", "b", "full", "lora-r8"], lock: lock)
            #expect(try checkpoints.steps().isEmpty)
            #expect(FileManager.default.fileExists(atPath: stray.path))
        }
    }

    @Test("the table is written once, by the cut")
    func theTableIsWrittenOnce() throws {
        try withHistory([Self.saved("a", 2), Self.seen("a", 3)]) { history in
            let lock = try RunLock(history.folder)
            try history.folder.cut(
                to: history.folder.resumePoint(), arms: ["a", "b", "full", "lora-r8"], lock: lock)
            let before = try Self.fileNumber(history.folder.metricsFile)
            _ = try RunWriter(lock: lock)
            #expect(try Self.fileNumber(history.folder.metricsFile) == before)
        }
    }

    private static func fileNumber(_ url: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.path)[.systemFileNumber] as? Int
    }

    // MARK: - Scripts

    private static func seen(_ arm: String, _ step: Int) -> RunEvent {
        .observed(SampleRun.score(arm, step, .train, "loss", 1))
    }

    private static func saved(_ arm: String, _ step: Int) -> RunEvent {
        .checkpointSaved(
            arm: arm, step: step, path: "checkpoints/\(arm)/step-\(step)", bytes: 0)
    }

    private static func asked(_ id: Int, _ command: RunCommand, _ arm: String?) -> RunEvent {
        let request = CommandRequest(id: id, command: command, arm: arm, origin: "keyboard")
        return .command(request, state: .asked, step: 0)
    }

    private static func applied(_ id: Int, _ command: RunCommand, _ arm: String?) -> RunEvent {
        let request = CommandRequest(id: id, command: command, arm: arm, origin: "keyboard")
        return .command(request, state: .applied, step: 0)
    }

    /// Stores the events with a checkpoint folder for each that is said to be saved.
    private func withHistory(
        _ events: [RunEvent], _ body: (RecordedRun) throws -> Void
    ) throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            do {
                let writer = try RunWriter(lock: RunLock(folder))
                for (index, event) in events.enumerated() {
                    if case .checkpointSaved(let arm, let step, _, _) = event {
                        _ = try CheckpointFolder(run: folder, arm: arm).write(step: step) { _ in }
                    }
                    try writer.receive(StampedEvent(seconds: Double(index), event: event))
                }
            }
            try body(RecordedRun.read(folder))
        }
    }

    /// Runs until `limit` events are stored, and leaves half a line behind as a kill does.
    private static func run(
        _ trainer: inout ScriptedTrainer, _ folder: RunFolder, limit: Int
    ) throws -> Int {
        let writer = try RunWriter(lock: RunLock(folder))
        let counter = Counter()
        try trainer.run(folder) { event in
            guard counter.count < limit else { return false }
            try writer.receive(event)
            counter.count += 1
            return true
        }
        if limit < .max {
            let log = try FileHandle(forWritingTo: folder.eventsFile)
            try log.seekToEnd()
            try log.write(contentsOf: Data("{\"event\":{\"obs".utf8))
            if let items = try? FileHandle(forWritingTo: folder.itemsFile) {
                try items.seekToEnd()
                try items.write(contentsOf: Data([40, 0, 0, 0, 1, 2, 3]))
            }
        }
        return counter.count
    }

    private final class Counter {
        var count = 0
    }

    private static func resumed(_ folder: RunFolder) throws -> ScriptedTrainer {
        let lock = try RunLock(folder)
        let point = try folder.resumePoint()
        try folder.cut(to: point, arms: ["a", "b", "full", "lora-r8"], lock: lock)
        return ScriptedTrainer(from: point)
    }
}
