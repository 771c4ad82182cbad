import Foundation
import RunEvents
import RunStore
import Testing

@Suite struct ResumeTests {
    @Test("a run killed after any event ends with the table of an uninterrupted one")
    func aKilledRunEndsTheSame() throws {
        try SampleRun.withFastFolder { parent in
            let whole = try SampleRun.folder(in: parent.appending(path: "whole"))
            var trainer = ScriptedTrainer()
            let count = try Self.run(&trainer, whole, limit: .max)
            let expected = try String(contentsOf: whole.metricsFile, encoding: .utf8)
            #expect(count > 25)
            for limit in 0..<count {
                let folder = try SampleRun.folder(in: parent.appending(path: "cut-\(limit)"))
                var first = ScriptedTrainer()
                _ = try Self.run(&first, folder, limit: limit)
                var second = try Self.resumed(folder)
                _ = try Self.run(&second, folder, limit: .max)
                let table = try String(contentsOf: folder.metricsFile, encoding: .utf8)
                #expect(table == expected, "killed after \(limit) events")
            }
        }
    }

    @Test("the point is where every arm stands at its checkpoint")
    func thePointIsWhereEveryArmStands() throws {
        try withHistory([
            Self.seen("a", 2), Self.saved("a", 2), Self.seen("b", 2), Self.saved("b", 2),
            Self.seen("a", 4), Self.saved("a", 4), Self.seen("b", 3),
        ]) { history in
            let point = try history.resumePoint()
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
            let point = try history.resumePoint()
            #expect(point.eventCount == 1)
        }
    }

    @Test("scores at the checkpoint's own step do not spoil it")
    func scoresAtTheSameStepDoNotSpoil() throws {
        try withHistory([
            Self.saved("a", 2), Self.seen("a", 2), Self.saved("b", 2), Self.seen("a", 3),
        ]) { history in
            let point = try history.resumePoint()
            #expect(point.eventCount == 3)
        }
    }

    @Test("without a checkpoint the run starts over")
    func withoutACheckpointTheRunStartsOver() throws {
        try withHistory([Self.seen("a", 1), Self.applied(.evaluate, "a", 1)]) { history in
            let point = try history.resumePoint()
            #expect(point.eventCount == 0)
            #expect(point.arms.isEmpty)
            #expect(point.commands.map(\.step) == [1])
        }
    }

    @Test("commands that no checkpoint holds are given back")
    func commandsThatNoCheckpointHoldsAreGivenBack() throws {
        try withHistory([
            Self.applied(.setLearningRate(1), "b", 0), Self.saved("b", 2),
            Self.applied(.setLearningRate(2), "b", 2), Self.applied(.evaluate, "b", 2),
            Self.saved("a", 2), Self.applied(.checkpoint, "b", 4), Self.applied(.quit, nil, 4),
        ]) { history in
            let commands = try history.resumePoint().commands
            #expect(commands.map(\.request.command) == [.setLearningRate(2), .checkpoint])
            #expect(commands.map(\.isRecorded) == [true, false])
        }
    }

    @Test("a point whose folder is gone falls back to one that is whole")
    func aPointWhoseFolderIsGoneFallsBack() throws {
        try withHistory([Self.saved("a", 2), Self.saved("a", 4)]) { history in
            let checkpoints = try CheckpointFolder(run: history.folder, arm: "a")
            try checkpoints.remove(after: 2)
            #expect(try history.resumePoint().arms == ["a": 2])
            try FileManager.default.removeItem(at: checkpoints.url)
            let path = history.folder.url.path
            #expect(throws: RunStoreError.checkpointsMissing(path: path, arm: "a", step: 4)) {
                try history.resumePoint()
            }
        }
    }

    @Test("a finished run is never cut")
    func aFinishedRunIsNeverCut() throws {
        try withHistory([Self.saved("a", 2), .finished(.completed)]) { history in
            let error = RunStoreError.runFinished(path: history.folder.url.path)
            #expect(throws: error) { try history.resumePoint() }
            let lock = try RunLock(history.folder)
            #expect(throws: error) { try history.truncate(to: .beginning, lock: lock) }
            #expect(try RunHistory.read(history.folder).events.count == 2)
        }
    }

    @Test("truncating removes later checkpoints and drafts")
    func truncatingRemovesLaterCheckpoints() throws {
        try withHistory([.started(SampleRun.identity), Self.saved("full", 2)]) { history in
            let checkpoints = try CheckpointFolder(run: history.folder, arm: "full")
            _ = try checkpoints.write(step: 4) { _ in }
            try history.truncate(to: history.resumePoint(), lock: RunLock(history.folder))
            #expect(try checkpoints.steps() == [2])
        }
    }

    // MARK: - Scripts

    private static func seen(_ arm: String, _ step: Int) -> RunEvent {
        .observed(SampleRun.score(arm, step, .train, "loss", 1))
    }

    private static func saved(_ arm: String, _ step: Int) -> RunEvent {
        .checkpointSaved(
            arm: arm, step: step, path: "checkpoints/\(arm)/step-\(step)", bytes: 0)
    }

    private static func applied(_ command: RunCommand, _ arm: String?, _ step: Int) -> RunEvent {
        let request = CommandRequest(id: 1, command: command, arm: arm, origin: "keyboard")
        return .command(request, state: .applied, step: step)
    }

    /// Stores the events with a checkpoint folder for each that is said to be saved.
    private func withHistory(
        _ events: [RunEvent], _ body: (RunHistory) throws -> Void
    ) throws {
        try SampleRun.withFastFolder { parent in
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
            try body(RunHistory.read(folder))
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
        }
        return counter.count
    }

    private final class Counter {
        var count = 0
    }

    private static func resumed(_ folder: RunFolder) throws -> ScriptedTrainer {
        let lock = try RunLock(folder)
        let history = try RunHistory.read(folder)
        let point = try history.resumePoint()
        try history.truncate(to: point, lock: lock)
        return ScriptedTrainer(from: point, history: history)
    }
}
