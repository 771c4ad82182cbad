import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

/// A run of many events opens and goes on as one of few does.
///
/// `LETHE_EVENTS=1000000 LETHE_KEEP=FOLDER swift test -c release --filter LongRunTests` makes a long one,
/// prints what it takes, and keeps it for `Tests/LargeRuns/large.py`.
@Suite struct LongRunTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["LETHE_EVENTS"].flatMap { Int($0) } ?? 12_000
    private static let isLong = count > 100_000
    private static let arms = ["a", "b", "c"]
    /// Steps between two checkpoints of an arm.
    private static let slice = 500

    @Test("a long run is the same with its snapshot, and opens by it")
    func opens() throws {
        try withFastFolder { parent in
            let kept = Self.environment["LETHE_KEEP"].map { URL(filePath: $0) }
            let folder = try RunFolder.create(at: kept ?? parent.appending(path: "long"))
            try Self.timed("write \(Self.count) events") { try Self.write(to: folder) }
            let seen = try Self.timed("open with snapshot") { try RunFollower(folder).poll().state }
            let point = try Self.timed("resume with snapshot") { try folder.resumePoint() }
            let snapshot = try Data(contentsOf: folder.snapshotFile)
            try FileManager.default.removeItem(at: folder.snapshotFile)
            let state = try Self.timed("open without") { try RecordedRun.read(folder).state }
            #expect(seen == state)
            #expect(try Self.timed("resume without") { try folder.resumePoint() } == point)
            try snapshot.write(to: folder.snapshotFile)
            try Self.timed("go on with snapshot") {
                let lock = try RunLock(folder)
                try folder.cut(to: point, arms: Self.arms, lock: lock)
                _ = try RunWriter(lock: lock, after: point)
            }
            #expect(state.trajectories.allSatisfy { $0.curve(.train, "loss")?.isEmpty == false })
            print("snapshot: \(snapshot.count) bytes of \(point.eventCount) events")
        }
    }

    @discardableResult
    private static func timed<Result>(
        _ what: String, _ body: () throws -> Result
    ) rethrows -> Result {
        let start = ContinuousClock.now
        let result = try body()
        if isLong { print("\(what): \(ContinuousClock.now - start)") }
        return result
    }

    private static func write(to folder: RunFolder) throws {
        let writer = try RunWriter(lock: RunLock(folder))
        var seconds = 0.0
        func tell(_ event: RunEvent) throws {
            seconds += 0.015625
            try writer.receive(StampedEvent(seconds: seconds, event: event))
        }
        var identity = SampleRun.identity
        identity.arms = arms.map { name in
            var arm = SampleRun.identity.arms[0]
            arm.name = name
            return arm
        }
        try tell(.started(identity))
        for start in stride(from: 0, to: count / arms.count / 3, by: slice) {
            for arm in arms {
                try tell(.armChanged(arm: arm, state: .training, step: start))
                for step in (start + 1)...(start + slice) {
                    for (metric, value) in numbers(at: step) {
                        try tell(.observed(SampleRun.score(arm, step, .train, metric, value)))
                    }
                }
                try finishSlice(of: arm, at: start + slice, folder, tell)
            }
        }
        try tell(.observed(SampleRun.score(arms[0], count, .train, "loss", 1)))
    }

    private static func numbers(at step: Int) -> [(String, Double)] {
        let noise = Double(step &* 2_654_435_761 % 1000) / 3000
        return [
            ("loss", 4 / (1 + Double(step) / 5000) + noise),
            ("learning_rate", 1e-3 / Double(step)), ("gradient_norm", 1 + noise),
        ]
    }

    private static func finishSlice(
        of arm: String, at step: Int, _ folder: RunFolder, _ tell: (RunEvent) throws -> Void
    ) throws {
        let loss = 4 / (1 + Double(step) / 5000)
        try tell(.observed(SampleRun.score(arm, step, .target, "loss", loss, task: "code")))
        try tell(.observed(SampleRun.score(arm, step, .source, "forgetting", 1 / loss)))
        let checkpoints = try CheckpointFolder(run: folder, arm: arm)
        let saved = try checkpoints.write(step: step) { _ in }
        try tell(.checkpointSaved(arm: arm, step: step, path: saved.path, bytes: saved.bytes))
        for old in try checkpoints.steps().dropLast() { try checkpoints.remove(step: old) }
    }
}
