import Dashboard
import Foundation
import RunEvents
import RunStore

extension Reader {
    /// What a run has left on disk.
    static let runs = [
        Reader(name: "events") { input, place in
            let url = try place.copy(of: "run", replacing: "events.jsonl", by: input)
            try read(try RunFolder.open(url))
        },
        Reader(name: "follower") { input, place in
            let url = try place.copy(of: "run", replacing: "events.jsonl", by: input)
            if let state = try RunFollower(try RunFolder.open(url)).poll().state { draw(state) }
        },
        Reader(name: "commands") { input, place in
            let url = try place.copy(of: "run", replacing: "commands.json", by: input)
            _ = try RunFolder.open(url).resumePoint()
        },
        Reader(name: "items") { input, place in
            let whole = withRightChecksums(input)
            let url = try place.copy(of: "run", replacing: "items/scores.bin", by: whole)
            let folder = try RunFolder.open(url)
            var state = try RecordedRun.read(folder).state
            let stored = try StoredItems.read(folder)
            stored.add(to: &state)
            var follower = ItemFollower(folder)
            let events = try follower.poll(upTo: .max) ?? []
            precondition(events.count == stored.events.count, "followed otherwise than read")
            draw(state)
            _ = try Export.json(RecordedRun.read(folder))
        },
        Reader(name: "snapshot") { input, place in
            let url = try place.copy(of: "long", replacing: "snapshot.json", by: input)
            try read(try RunFolder.open(url))
        },
    ]

    /// A file of items whose records have the checksums of what is in them, so that more than a checksum
    /// is tried.
    private static func withRightChecksums(_ input: Data) -> Data {
        var bytes = Array(input)
        let number = { (place: Int) in
            bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        var place = 12
        while place + 8 <= bytes.count {
            let (start, size) = (place + 8, number(place))
            guard size <= bytes.count - start else { break }
            let checksum = crc32(bytes[start..<start + size])
            for byte in 0..<4 {
                bytes[place + 4 + byte] = UInt8(truncatingIfNeeded: checksum >> (8 * byte))
            }
            place = start + size
        }
        return Data(bytes)
    }

    /// CRC-32 of IEEE 802.3.
    private static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
            }
        }
    }

    private static func read(_ folder: RunFolder) throws {
        let run = try RecordedRun.read(folder)
        draw(run.state)
        _ = try Export.csv(run)
        _ = try Export.json(run)
        _ = Export.svg(run)
        _ = try folder.resumePoint()
    }

    /// Shows a run in every view, at a usual size and a small one.
    private static func draw(_ state: RunState) {
        for (rows, columns) in [(30, 100), (9, 33)] {
            var model = DashboardModel(
                rows: rows, columns: columns,
                capabilities: ScreenCapabilities(glyphs: .braille, hasColor: true),
                isReadOnly: true)
            _ = model.update(.state(state))
            for key in "vvyzxcmi".unicodeScalars {
                _ = model.view()
                _ = model.update(.key(.character(key)))
            }
            _ = model.view()
        }
    }
}
