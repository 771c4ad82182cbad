import Foundation

/// Goes through the bytes of a file of items as they come in, in pieces of any size.
///
/// A file may be a stranger's: whatever it holds, no more of it is kept than one record.
struct ItemScan: Sendable {
    private let path: String
    private var decoder = ItemDecoder()
    /// Bytes behind `place` that are no whole record yet.
    private var pending: [UInt8] = []
    /// Bytes up to the end of the last whole record; 0 in front of the header.
    private(set) var place = 0
    /// Whether nothing that follows can be read.
    private var isLost = false
    private var number = 0
    private var firstProblem: (number: Int, reason: String)?
    private var problems = 0

    init(path: String) { self.path = path }

    /// What could not be read and was left out; nil if all could.
    var damage: ItemDamage? {
        firstProblem.map {
            ItemDamage(path: path, count: problems, first: $0.number, reason: $0.reason)
        }
    }

    /// Takes the next bytes of the file.
    ///
    /// - Parameters:
    ///   - bytes: Of any number of records, whole or not.
    ///   - body: Is given each record that can be read, and the byte after it.
    /// - Throws: `RunStoreError.malformed`, `RunStoreError.unknownSchema`; what `body` throws.
    mutating func take(_ bytes: Data, _ body: (ItemRecord, Int) throws -> Void) throws {
        guard !isLost else { return }
        let all = pending + bytes
        let start = place
        if place == 0 {
            // What is shorter than a header was cut short before it was whole.
            guard all.count >= ItemFormat.headerSize else { return pending = all }
            try checkHeader(all)
            place = ItemFormat.headerSize
        }
        while let content = nextContent(of: all, from: place - start) {
            place = start + content.upperBound
            number += 1
            if let record = record(all, content) { try body(record, place) }
        }
        pending = isLost ? [] : Array(all[(place - start)...])
    }

    /// - Throws: `RunStoreError.malformed`, `RunStoreError.unknownSchema`.
    private func checkHeader(_ bytes: [UInt8]) throws {
        guard bytes.starts(with: ItemFormat.mark) else {
            throw RunStoreError.malformed(path: path, line: 1, reason: "no file of items")
        }
        let version = Self.number(bytes, at: ItemFormat.mark.count)
        guard version == ItemFormat.schemaVersion else {
            throw RunStoreError.unknownSchema(
                path: path, found: Int(version), supported: Int(ItemFormat.schemaVersion))
        }
    }

    /// Where the content of the next record is; nil until all of it has come, or if none can follow.
    private mutating func nextContent(of bytes: [UInt8], from frame: Int) -> Range<Int>? {
        let content = frame + ItemFormat.frameSize
        guard content <= bytes.count else { return nil }
        let size = Int(Self.number(bytes, at: frame))
        guard size <= ItemFormat.largestContent else {
            number += 1
            note("a record of \(size) bytes; what follows is left out")
            isLost = true
            return nil
        }
        return size <= bytes.count - content ? content..<content + size : nil
    }

    private mutating func record(_ bytes: [UInt8], _ content: Range<Int>) -> ItemRecord? {
        let checksum = Self.number(bytes, at: content.lowerBound - 4)
        do throws(ItemProblem) {
            guard Checksum.crc32(bytes[content]) == checksum else { throw .checksum }
            return try decoder.decode(bytes[content])
        } catch {
            note("\(error)")
            return nil
        }
    }

    private mutating func note(_ reason: String) {
        problems += 1
        firstProblem = firstProblem ?? (number, reason)
    }

    private static func number(_ bytes: [UInt8], at place: Int) -> UInt32 {
        bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}

/// Records of a file of items that were left out because they cannot be read.
package struct ItemDamage: Sendable, Equatable, CustomStringConvertible {
    package let path: String
    /// How many records.
    package let count: Int
    /// The number of the first, counted from 1, and what is wrong with it.
    package let first: Int
    package let reason: String

    package var description: String { text(of: path) }

    /// What a person is told of it, with a name for the file.
    package func text(of file: String) -> String {
        "\(file): \(count == 1 ? "a record is" : "\(count) records are") unreadable and left out, "
            + "\(count == 1 ? "it is" : "the first is") number \(first) (\(reason))"
    }
}
