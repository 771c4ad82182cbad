import Foundation
import RunEvents
import TestSupport
import Testing

@testable import RunStore

@Suite struct StoredItemsTests {
    private static let loss = ItemSet(
        key: MeasureKey(kind: .target, task: "code", metric: "loss"),
        hashes: [.max, 0, 0x0123_4567_89AB_CDEF], counts: [12, 1, 300])
    private static let right = ItemSet(
        key: MeasureKey(kind: .source, task: "facts", metric: "acc"),
        hashes: (0..<11).map { UInt64($0) }, counts: [Int](repeating: 1, count: 11))

    /// Sets and scores with awkward numbers, in all three forms.
    private static let events: [RunEvent] = [
        .items(loss), .items(right),
        .scored(scores(loss, step: 0, [0.1, -0.0, .infinity])),
        .scored(scores(loss, step: 1, [0.5, 3, 1e-30])),
        .scored(scores(right, step: 0, (0..<11).map { $0 % 3 == 0 ? 1 : 0 })),
        .scored(scores(loss, step: 1_000_000_000, [1, 0, 1], arm: "lora π")),
    ]

    private static func scores(
        _ set: ItemSet, step: Int, _ sums: [Double], arm: String = "full"
    ) -> ItemScores {
        ItemScores(arm: arm, step: step, key: set.key, sums: sums)
    }

    /// A run with these events, each before the next ten bytes of its log.
    private static func write(_ events: [RunEvent], in parent: URL) throws -> RunFolder {
        let folder = try SampleRun.folder(in: parent)
        let log = try ItemLog(folder)
        for (index, event) in events.enumerated() { try log.add(event, logBytes: index * 10) }
        try log.sync()
        return folder
    }

    @Test("sets and scores come back as they were, to the bit")
    func roundTrip() throws {
        try withFastFolder { parent in
            let folder = try Self.write(Self.events, in: parent)
            let stored = try StoredItems.read(folder)
            #expect(stored.damage == nil)
            #expect(stored.events == Self.events)
            #expect(stored.records.map(\.logBytes) == [0, 10, 20, 30, 40, 50])
            let nan = Self.scores(Self.loss, step: 2, [.nan, 1, 2])
            try ItemLog(folder).add(.scored(nan), logBytes: 60)
            let last = try #require(try StoredItems.read(folder).records.last)
            guard case .scores(let back) = last.content else { throw TestError() }
            #expect(back.sums[0].isNaN && back.sums[1...] == [1, 2])
        }
    }

    @Test("a set that is there already makes no second record, and scores of no set none")
    func toldTwice() throws {
        try withFastFolder { parent in
            let folder = try Self.write(Self.events + Self.events.prefix(2), in: parent)
            try ItemLog(folder).add(.items(Self.loss), logBytes: 100)
            let other = MeasureKey(kind: .source, task: "text", metric: "loss")
            let scores = ItemScores(arm: "full", step: 0, key: other, sums: [1])
            try ItemLog(folder).add(.scored(scores), logBytes: 100)
            #expect(try StoredItems.read(folder).events == Self.events)
        }
    }

    @Test("it is cut with the log, to any record")
    func cuts() throws {
        try withFastFolder { parent in
            let folder = try Self.write(Self.events, in: parent)
            let whole = try Data(contentsOf: folder.itemsFile)
            for kept in (0...Self.events.count).reversed() {
                try StoredItems.cut(folder, toLogBytes: kept * 10)
                #expect(try StoredItems.read(folder).events == Array(Self.events.prefix(kept)))
            }
            let log = try ItemLog(folder)
            for (index, event) in Self.events.enumerated() {
                try log.add(event, logBytes: index * 10)
            }
            #expect(try Data(contentsOf: folder.itemsFile) == whole)
        }
    }

    @Test("a file torn at any byte loses its last record and nothing else")
    func torn() throws {
        try withFastFolder { parent in
            let folder = try Self.write(Self.events, in: parent)
            let whole = try Data(contentsOf: folder.itemsFile)
            for end in 0..<whole.count {
                try whole.prefix(end).write(to: folder.itemsFile)
                let stored = try StoredItems.read(folder)
                #expect(stored.damage == nil)
                #expect(stored.events == Array(Self.events.prefix(stored.events.count)))
                try StoredItems.cut(folder, toLogBytes: 1_000)
                let log = try ItemLog(folder)
                for (index, event) in Self.events.enumerated().dropFirst(stored.events.count) {
                    try log.add(event, logBytes: index * 10)
                }
                #expect(try Data(contentsOf: folder.itemsFile) == whole)
            }
        }
    }

    @Test("every damaged byte is told, and nothing is added to such a file")
    func damaged() throws {
        try withFastFolder { parent in
            let folder = try Self.write(Self.events, in: parent)
            let whole = try Data(contentsOf: folder.itemsFile)
            for place in 0..<whole.count {
                var bytes = whole
                bytes[place] ^= 0x10
                try bytes.write(to: folder.itemsFile)
                guard let stored = try? StoredItems.read(folder) else {
                    #expect(place < ItemFormat.headerSize)
                    continue
                }
                // A length that reaches beyond the end looks like a record that was cut short.
                #expect(stored.damage != nil || stored.events.count < Self.events.count)
                if stored.damage != nil {
                    #expect(throws: RunStoreError.self) { try ItemLog(folder) }
                }
            }
        }
    }

    @Test("a stranger's sizes are compared with what is there")
    func hostile() throws {
        let places = UInt64(0).littleEndianBytes
        let text = UInt16(6).littleEndianBytes + Array("target".utf8)
        let empty = UInt16(0).littleEndianBytes
        let contents: [[UInt8]] = [
            [], [9], [1] + places, [1] + places + text + empty + empty + [255, 255, 255, 255],
            [1] + UInt64.max.littleEndianBytes, [2] + places + UInt16.max.littleEndianBytes,
            [2] + places + empty + places + UInt32(7).littleEndianBytes + [0],
            [1] + places + UInt16(1).littleEndianBytes + [0xFF],
        ]
        for content in contents {
            var decoder = ItemDecoder()
            #expect(throws: ItemProblem.self) { try decoder.decode(content[...]) }
        }
    }

    @Test("another version is refused by its number, a run without items has none")
    func versions() throws {
        try withFastFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            #expect(try StoredItems.read(folder).events.isEmpty)
            try ItemLog(folder).add(.items(Self.loss), logBytes: 0)
            var bytes = try Data(contentsOf: folder.itemsFile)
            bytes[ItemFormat.mark.count] = 2
            try bytes.write(to: folder.itemsFile)
            #expect(
                throws: RunStoreError.unknownSchema(
                    path: folder.itemsFile.path, found: 2, supported: 1)
            ) { try StoredItems.read(folder) }
        }
    }

    @Test("the checksum is that of zlib")
    func checksum() {
        #expect(Checksum.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
    }

    private struct TestError: Error {}
}
