import RunEvents

/// Reads the content of records of the file of items, which may be a stranger's: every size is
/// compared with what is there before it is used.
struct ItemDecoder {
    private var sets: [ItemSet] = []

    /// More steps than a study can ask for, and more tokens or bytes than an item has.
    private static let largestStep: UInt64 = 1_000_000_000
    private static let largestCount: UInt64 = 1_000_000_000_000

    /// - Throws: `ItemProblem`.
    mutating func decode(_ content: ArraySlice<UInt8>) throws(ItemProblem) -> ItemRecord {
        var reader = ByteReader(content)
        let kind = try reader.integer(UInt8.self)
        let logBytes = try reader.integer(UInt64.self)
        guard logBytes <= UInt64(Int.max) else { throw .impossible("a place in the log") }
        let record: ItemRecord.Content
        switch ItemFormat.Kind(rawValue: kind) {
        case .set:
            let set = try Self.set(&reader)
            sets.append(set)
            record = .set(set)
        case .scores: record = .scores(try scores(&reader))
        case nil: throw .impossible("a record of kind \(kind)")
        }
        guard reader.isAtEnd else { throw .impossible("\(reader.left) bytes too many") }
        return ItemRecord(logBytes: Int(logBytes), content: record)
    }

    private static func set(_ reader: inout ByteReader) throws(ItemProblem) -> ItemSet {
        let kind = try reader.text()
        guard let kind = ObservationKind(rawValue: kind) else {
            throw .impossible("items of an unknown kind")
        }
        let key = MeasureKey(kind: kind, task: try reader.text(), metric: try reader.text())
        let count = Int(try reader.integer(UInt32.self))
        guard count <= reader.left / 16 else { throw .short }
        var hashes: [UInt64] = []
        var counts: [Int] = []
        for _ in 0..<count { hashes.append(try reader.integer(UInt64.self)) }
        for _ in 0..<count {
            let value = try reader.integer(UInt64.self)
            guard value <= largestCount else { throw .impossible("an item that counts \(value)") }
            counts.append(Int(value))
        }
        return ItemSet(key: key, hashes: hashes, counts: counts)
    }

    private func scores(_ reader: inout ByteReader) throws(ItemProblem) -> ItemScores {
        let arm = try reader.text()
        let step = try reader.integer(UInt64.self)
        guard step <= Self.largestStep else { throw .impossible("step \(step)") }
        let number = Int(try reader.integer(UInt32.self))
        guard sets.indices.contains(number) else { throw .impossible("scores of no set") }
        let set = sets[number]
        return ItemScores(
            arm: arm, step: Int(step), key: set.key,
            sums: try Self.sums(set.hashes.count, &reader))
    }

    private static func sums(
        _ count: Int, _ reader: inout ByteReader
    ) throws(ItemProblem) -> [Double] {
        let form = try reader.integer(UInt8.self)
        var sums: [Double] = []
        sums.reserveCapacity(min(count, reader.left))
        switch ItemFormat.Form(rawValue: form) {
        case .bits:
            let bytes = try reader.bytes((count + 7) / 8)
            return (0..<count).map {
                Double((bytes[bytes.startIndex + $0 / 8] >> UInt8($0 % 8)) & 1)
            }
        case .single:
            guard count <= reader.left / 4 else { throw .short }
            for _ in 0..<count {
                sums.append(Double(Float(bitPattern: try reader.integer(UInt32.self))))
            }
        case .double:
            guard count <= reader.left / 8 else { throw .short }
            for _ in 0..<count {
                sums.append(Double(bitPattern: try reader.integer(UInt64.self)))
            }
        case nil: throw .impossible("sums of form \(form)")
        }
        return sums
    }
}

/// What is wrong with a record.
enum ItemProblem: Error, Equatable, CustomStringConvertible {
    case short
    case checksum
    case impossible(String)

    var description: String {
        switch self {
        case .short: "shorter than it says"
        case .checksum: "its checksum is another"
        case .impossible(let what): what
        }
    }
}

/// Takes numbers and texts from the front of bytes.
private struct ByteReader {
    private let content: ArraySlice<UInt8>
    private var place: Int

    init(_ content: ArraySlice<UInt8>) {
        self.content = content
        place = content.startIndex
    }

    var left: Int { content.endIndex - place }
    var isAtEnd: Bool { left == 0 }

    mutating func bytes(_ count: Int) throws(ItemProblem) -> ArraySlice<UInt8> {
        guard count <= left else { throw .short }
        place += count
        return content[place - count..<place]
    }

    mutating func integer<Number: FixedWidthInteger>(
        _ type: Number.Type
    ) throws(ItemProblem) -> Number {
        let count = Number.bitWidth / 8
        guard count <= left else { throw .short }
        var number: Number = 0
        for index in 0..<count {
            number |= Number(truncatingIfNeeded: content[place + index]) << (8 * index)
        }
        place += count
        return number
    }

    mutating func text() throws(ItemProblem) -> String {
        let count = Int(try integer(UInt16.self))
        guard let text = String(validating: try bytes(count), as: UTF8.self) else {
            throw .impossible("a text that is not UTF-8")
        }
        return text
    }
}
