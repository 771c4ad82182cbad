import Foundation
import RunEvents
import TestSupport
import Testing

@testable import RunStore

/// Items that are read while they are added.
@Suite struct ItemFollowerTests {
    private static let set = ItemSet(
        key: MeasureKey(kind: .target, task: "code", metric: "loss"), hashes: [1, 2, 3],
        counts: [4, 5, 6])

    private static func scores(_ step: Int) -> RunEvent {
        .scored(
            ItemScores(
                arm: "full", step: step, key: set.key, sums: [Double(step), 0.1, 1e-30]))
    }

    @Test("each record comes once, as soon as it is whole")
    func follows() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            var follower = ItemFollower(folder)
            #expect(try follower.poll(upTo: .max) == nil)
            let log = try ItemLog(folder)
            try log.add(.items(Self.set), logBytes: 0)
            #expect(try follower.poll(upTo: .max) == [.items(Self.set)])
            #expect(try follower.poll(upTo: .max) == nil)
            let before = try Data(contentsOf: folder.itemsFile)
            for step in 1...3 { try log.add(Self.scores(step), logBytes: step) }
            let whole = try Data(contentsOf: folder.itemsFile)
            try before.write(to: folder.itemsFile)
            var torn = ItemFollower(folder)
            var events = try torn.poll(upTo: .max) ?? []
            let file = try FileHandle(forWritingTo: folder.itemsFile)
            try file.seekToEnd()
            for byte in whole.dropFirst(before.count) {
                try file.write(contentsOf: Data([byte]))
                events += try torn.poll(upTo: .max) ?? []
            }
            #expect(events == [.items(Self.set)] + (1...3).map(Self.scores))
            #expect(torn.damage == nil)
        }
    }

    @Test("a file that a resume has put in the old one's place comes from its start")
    func restarts() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let log = try ItemLog(folder)
            try log.add(.items(Self.set), logBytes: 0)
            for step in 1...3 { try log.add(Self.scores(step), logBytes: step * 10) }
            var follower = ItemFollower(folder)
            #expect(try follower.poll(upTo: .max)?.count == 4)
            try StoredItems.cut(folder, toLogBytes: 20)
            #expect(try follower.poll(upTo: .max) == [.items(Self.set), Self.scores(1)])
            #expect(try follower.poll(upTo: .max) == nil)
        }
    }

    @Test("no more is read at once than was asked for, and all of it in the end")
    func bounded() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let count = 200_000
            let large = ItemSet(
                key: Self.set.key, hashes: (0..<UInt64(count)).map { $0 },
                counts: [Int](repeating: 1, count: count))
            let log = try ItemLog(folder)
            try log.add(.items(large), logBytes: 0)
            let sums = (0..<count).map { Double($0) / 3 }
            for step in 1...2 {
                let scores = ItemScores(arm: "full", step: step, key: large.key, sums: sums)
                try log.add(.scored(scores), logBytes: step)
            }
            var follower = ItemFollower(folder)
            var polls = 0
            var events: [RunEvent] = []
            while let more = try follower.poll(upTo: 1) {
                polls += 1
                events += more
            }
            #expect(polls > 4 && events.count == 3)
            #expect(events == (try StoredItems.read(folder).events))
        }
    }

    @Test("damage is told, and no file of items is refused")
    func damaged() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let log = try ItemLog(folder)
            try log.add(.items(Self.set), logBytes: 0)
            for step in 1...2 { try log.add(Self.scores(step), logBytes: step) }
            var bytes = try Data(contentsOf: folder.itemsFile)
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: folder.itemsFile)
            var follower = ItemFollower(folder)
            #expect(try follower.poll(upTo: .max)?.count == 2)
            #expect(follower.damage?.first == 3)
            try Data("something else".utf8).write(to: folder.itemsFile)
            #expect(throws: RunStoreError.self) { try follower.poll(upTo: .max) }
        }
    }

    @Test("what a run had said where it goes on has the items of that moment and no later ones")
    func stateOfAResume() throws {
        try withFastFolder { parent in
            var cut = 0
            for limit in 8..<24 {
                let folder = try SampleRun.folder(in: parent.appending(path: "\(limit)"))
                try Self.run(folder, limit: limit)
                let point = try folder.resumePoint()
                let state = try StoredItems.state(at: point, of: folder)
                let all = try StoredItems.read(folder).events.count
                try folder.cut(to: point, arms: ["full", "lora-r8"], lock: RunLock(folder))
                var expected = point.state
                let kept = try StoredItems.read(folder)
                kept.add(to: &expected)
                #expect(state == expected, "after \(limit) events")
                if kept.events.count < all { cut += 1 }
            }
            #expect(cut > 2, "some points lie before the last items")
        }
    }

    private static func run(_ folder: RunFolder, limit: Int) throws {
        let writer = try RunWriter(lock: RunLock(folder))
        var trainer = ScriptedTrainer()
        var left = limit
        try trainer.run(folder) { event in
            guard left > 0 else { return false }
            left -= 1
            try writer.receive(event)
            return true
        }
    }
}
