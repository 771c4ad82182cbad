import RunEvents

/// One record of the file of items: a set, or what the items of a set added at one step.
struct ItemRecord: Sendable, Equatable {
    enum Content: Sendable, Equatable {
        case set(ItemSet)
        case scores(ItemScores)
    }

    /// Bytes of the log that were written before it: the record goes with what stands there.
    var logBytes: Int
    var content: Content

    var event: RunEvent {
        switch content {
        case .set(let set): .items(set)
        case .scores(let scores): .scored(scores)
        }
    }
}

/// The form of `items/scores.bin`: a header, then records; all numbers little-endian.
///
/// | part | bytes |
/// |---|---|
/// | header | `letheitm`, schemaVersion (4) |
/// | record | bytes of its content (4), CRC-32 of its content (4), content |
/// | content | kind (1), bytes of the log before it (8), then |
/// | of a set (1) | key, count (4), hashes (8 each), counts (8 each) |
/// | of scores (2) | arm, step (8), number of the set in the file (4), form (1), sums |
/// | key | kind, task, metric: texts |
/// | text | bytes (2), UTF-8 |
///
/// Sums have one of three forms, the first that loses nothing: 0 for items that are right or wrong, a
/// bit each; 1 for single precision; 2 for double.
enum ItemFormat {
    static let mark = Array("letheitm".utf8)
    static let schemaVersion: UInt32 = 1
    static let headerSize = mark.count + 4
    /// Before the content of a record.
    static let frameSize = 8
    /// Larger than the content of any record.
    static let largestContent = 64 << 20

    enum Kind: UInt8 { case set = 1, scores = 2 }
    enum Form: UInt8 { case bits = 0, single = 1, double = 2 }

    static var header: [UInt8] { mark + schemaVersion.littleEndianBytes }
}

extension FixedWidthInteger {
    /// The lowest byte first.
    var littleEndianBytes: [UInt8] {
        (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    }
}

/// CRC-32 of IEEE 802.3, as zlib and PNG have it.
enum Checksum {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }

    static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}
