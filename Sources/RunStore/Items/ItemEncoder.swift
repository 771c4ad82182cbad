import RunEvents

/// Writes records of the file of items.
///
/// It knows the sets by their order in the file, so that scores name theirs by a number.
struct ItemEncoder {
    private var sets: [ItemSet] = []

    /// What is in the file already.
    init(after records: [ItemRecord] = []) {
        for record in records {
            if case .set(let set) = record.content { sets.append(set) }
        }
    }

    /// The bytes of a record; nil for a set that is in the file already, and for scores of no set.
    mutating func encode(_ record: ItemRecord) -> [UInt8]? {
        switch record.content {
        case .set(let set):
            if sets.contains(set) { return nil }
            sets.append(set)
            return Self.framed(Self.content(set, record.logBytes))
        case .scores(let scores):
            guard let number = number(of: scores) else { return nil }
            return Self.framed(Self.content(scores, number, record.logBytes))
        }
    }

    /// The newest set of the scores' key that has as many items.
    private func number(of scores: ItemScores) -> Int? {
        sets.lastIndex { $0.key == scores.key && $0.hashes.count == scores.sums.count }
    }

    private static func framed(_ content: [UInt8]) -> [UInt8] {
        UInt32(content.count).littleEndianBytes + Checksum.crc32(content).littleEndianBytes
            + content
    }

    private static func content(_ set: ItemSet, _ logBytes: Int) -> [UInt8] {
        [ItemFormat.Kind.set.rawValue] + UInt64(logBytes).littleEndianBytes
            + text(set.key.kind.rawValue) + text(set.key.task) + text(set.key.metric)
            + UInt32(set.hashes.count).littleEndianBytes
            + set.hashes.flatMap(\.littleEndianBytes)
            + set.counts.flatMap { UInt64(max(0, $0)).littleEndianBytes }
    }

    private static func content(
        _ scores: ItemScores, _ number: Int, _ logBytes: Int
    ) -> [UInt8] {
        [ItemFormat.Kind.scores.rawValue] + UInt64(logBytes).littleEndianBytes
            + text(scores.arm) + UInt64(max(0, scores.step)).littleEndianBytes
            + UInt32(number).littleEndianBytes + sums(scores.sums)
    }

    private static func text(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8.prefix(Int(UInt16.max)))
        return UInt16(bytes.count).littleEndianBytes + bytes
    }

    private static func sums(_ sums: [Double]) -> [UInt8] {
        if sums.allSatisfy({ $0 == 0 && $0.sign == .plus || $0 == 1 }) {
            return [ItemFormat.Form.bits.rawValue] + bits(sums)
        }
        if sums.allSatisfy({ Double(Float($0)).bitPattern == $0.bitPattern }) {
            return [ItemFormat.Form.single.rawValue]
                + sums.flatMap { Float($0).bitPattern.littleEndianBytes }
        }
        return [ItemFormat.Form.double.rawValue]
            + sums.flatMap { $0.bitPattern.littleEndianBytes }
    }

    /// Eight items a byte, the first in the lowest bit.
    private static func bits(_ sums: [Double]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (sums.count + 7) / 8)
        for (index, sum) in sums.enumerated() where sum == 1 {
            bytes[index / 8] |= 1 << (index % 8)
        }
        return bytes
    }
}
