import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

/// A snapshot spares decoding, and changes nothing else.
@Suite struct SnapshotTests {
    @Test("a run is the same with its snapshot and without it")
    func sameState() throws {
        try withRun { folder in
            let snapshot = try Data(contentsOf: folder.snapshotFile)
            let state = try RecordedRun.read(folder).state
            try FileManager.default.removeItem(at: folder.snapshotFile)
            #expect(try RecordedRun.read(folder).state == state)
            let point = try folder.resumePoint()
            try snapshot.write(to: folder.snapshotFile)
            #expect(try folder.resumePoint() == point)
            #expect(try RunFollower(folder).poll() == .init(state: state))
        }
    }

    @Test("what is in front of a snapshot is not decoded again, what is behind it is")
    func sparesDecoding() throws {
        try withRun { folder in
            try Self.forge(folder)
            #expect(try Self.furthest(folder) == Self.forgedStep)
            let log = try Data(contentsOf: folder.eventsFile)
            try (log + Data("{}\n".utf8)).write(to: folder.eventsFile)
            #expect(try RecordedRun.read(folder).damage?.firstLine == log.count { $0 == 0x0A } + 1)
            #expect(try Self.furthest(folder) == Self.forgedStep)
        }
    }

    @Test("a snapshot of another log is passed over", arguments: [true, false])
    func otherLog(isCut: Bool) throws {
        try withRun { folder in
            try Self.forge(folder)
            var log = try Data(contentsOf: folder.eventsFile)
            if isCut {
                let lines = log.split(separator: 0x0A).prefix(9)
                log = Data(lines.joined(separator: [0x0A])) + Data("\n".utf8)
            } else {
                let place = try #require(log.range(of: Data(#""study":"code""#.utf8)))
                log.replaceSubrange(place, with: Data(#""study":"kode""#.utf8))
            }
            try log.write(to: folder.eventsFile)
            #expect(try Self.furthest(folder) < 5)
        }
    }

    @Test("a damaged snapshot is passed over, whatever it holds")
    func damaged() throws {
        try withRun { folder in
            let state = try RecordedRun.read(folder).state
            let snapshot = try Data(contentsOf: folder.snapshotFile)
            var random = SmallGenerator(state: 7)
            for _ in 0..<300 {
                var damaged = snapshot
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let place = Int.random(in: 0..<damaged.count, using: &random)
                    damaged[place] = UInt8.random(in: 0...255, using: &random)
                }
                if Bool.random(using: &random) { damaged = damaged.prefix(damaged.count / 2) }
                try damaged.write(to: folder.snapshotFile)
                let run = try RecordedRun.read(folder)
                #expect(run.state.trajectories.count == state.trajectories.count)
                _ = try Export.json(run)
                _ = Export.svg(run)
                _ = try folder.resumePoint()
            }
        }
    }

    @Test(
        "numbers that cannot be make a snapshot worthless",
        arguments: [
            (#""step":4"#, #""step":-4"#), (#""step":4"#, #""step":4000000000"#),
            (#""safeStep":4"#, #""safeStep":-1"#), (#""lines":"#, #""lines":-"#),
            (#""name":"full""#, #""name":"lora-r8""#), (#""shift":0"#, #""shift":70"#),
            (#""schemaVersion":1"#, #""schemaVersion":2"#), (#""tokens":"#, #""tokens":-"#),
            (#""points":"AAAA"#, #""points":"//8A"#),
        ])
    func impossible(_ old: String, _ new: String) throws {
        try withRun { folder in
            try Self.forge(folder)
            let text = try String(contentsOf: folder.snapshotFile, encoding: .utf8)
            #expect(text.contains(old), "\(old) is in the snapshot")
            let impossible = text.replacingOccurrences(of: old, with: new)
            try Data(impossible.utf8).write(to: folder.snapshotFile)
            #expect(try Self.furthest(folder) < 5)
        }
    }

    @Test("a killed run ends with the table of an uninterrupted one, whatever its snapshot is of")
    func resumes() throws {
        try withFastFolder { parent in
            let whole = try SampleRun.folder(in: parent.appending(path: "whole"))
            var trainer = ScriptedTrainer()
            let count = try Self.run(&trainer, whole, limit: .max)
            let expected = try String(contentsOf: whole.metricsFile, encoding: .utf8)
            for limit in 0..<count {
                let folder = try SampleRun.folder(in: parent.appending(path: "cut-\(limit)"))
                var first = ScriptedTrainer()
                _ = try Self.run(&first, folder, limit: limit)
                let lock = try RunLock(folder)
                let point = try folder.resumePoint()
                try folder.cut(to: point, arms: ["full", "lora-r8"], lock: lock)
                var second = ScriptedTrainer(from: point)
                let writer = try RunWriter(lock: lock, after: point, spacing: 0)
                try second.run(folder) { event in
                    try writer.receive(event)
                    return true
                }
                let table = try String(contentsOf: folder.metricsFile, encoding: .utf8)
                #expect(table == expected, "killed after \(limit) events")
                #expect(try RecordedRun.read(folder).state.isOver)
            }
        }
    }

    @Test("a table that a snapshot does not fit is made anew")
    func otherTable() throws {
        try withRun { folder in
            let table = try Data(contentsOf: folder.metricsFile)
            for wrong in [Data(), Data("x".utf8) + table.dropFirst(), table.dropLast(9)] {
                try wrong.write(to: folder.metricsFile)
                _ = try RunWriter(lock: RunLock(folder))
                #expect(try Data(contentsOf: folder.metricsFile) == table)
            }
        }
    }

    @Test("checkpoints that a snapshot knows of and that are gone make room for older ones")
    func goneCheckpoints() throws {
        try withRun { folder in
            let full = try CheckpointFolder(run: folder, arm: "full")
            try full.remove(after: 2)
            #expect(try folder.resumePoint().arms["full"] == 2)
        }
    }

    @Test("a snapshot is written only where it is worth it")
    func spacing() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            var trainer = ScriptedTrainer()
            let writer = try RunWriter(lock: RunLock(folder))
            try trainer.run(folder) { event in
                try writer.receive(event)
                return true
            }
            #expect(!FileManager.default.fileExists(atPath: folder.snapshotFile.path))
        }
    }

    // MARK: - Runs

    /// An interrupted run of which the snapshot is older than the log.
    private func withRun(_ body: (RunFolder) throws -> Void) throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            var trainer = ScriptedTrainer()
            _ = try Self.run(&trainer, folder, limit: 31)
            try body(folder)
        }
    }

    private static func run(
        _ trainer: inout ScriptedTrainer, _ folder: RunFolder, limit: Int
    ) throws -> Int {
        let writer = try RunWriter(lock: RunLock(folder), spacing: 0)
        var count = 0
        try trainer.run(folder) { event in
            guard count < limit else { return false }
            try writer.receive(event)
            count += 1
            return true
        }
        return count
    }

    private static let forgedStep = 999_999

    /// Makes the snapshot say a step that the log does not have, so that it shows where it is used.
    private static func forge(_ folder: RunFolder) throws {
        let text = try String(contentsOf: folder.snapshotFile, encoding: .utf8)
        let forged = text.replacing(/"state":"[a-z]*","step":\d+,/) { match in
            String(match.output).replacing(/\d+,$/, with: "\(forgedStep),")
        }
        #expect(forged != text)
        try Data(forged.utf8).write(to: folder.snapshotFile)
    }

    private static func furthest(_ folder: RunFolder) throws -> Int {
        try RecordedRun.read(folder).state.trajectories.map(\.step).max() ?? 0
    }
}
