import Foundation
package import RunEvents

/// The items of a run as they are on disk.
package struct StoredItems: Sendable {
    /// In the order in which they were told.
    let records: [ItemRecord]
    /// What cannot be read and is left out; nil if all can.
    ///
    /// A last record that was cut short by a kill is no damage.
    package let damage: ItemDamage?
    /// The byte after each.
    private let ends: [Int]

    /// More than the scores of any run take.
    private static let largestFile = 4 << 30

    /// Sets and scores as the events that told them.
    package var events: [RunEvent] { records.map(\.event) }

    /// Adds them to what the log has told; what is of no trajectory of the run is left out.
    package func add(to state: inout RunState) {
        let names = Set(state.identity?.arms.map(\.name) ?? [])
        for event in events where names.isSuperset(of: event.arms) {
            state.apply(StampedEvent(seconds: 0, event: event))
        }
    }

    /// Reads the items of a run; there are none if it did not keep them.
    ///
    /// - Throws: `RunStoreError.unknownSchema`; `RunStoreError.malformed` if it is no file of items;
    ///   `RunStoreError.outOfPlace`, `RunStoreError.tooLarge`, `RunStoreError.system`.
    package static func read(_ folder: RunFolder) throws -> StoredItems {
        try StoredItems(try bytes(folder) ?? Data(), path: folder.itemsFile.path)
    }

    private static func bytes(_ folder: RunFolder) throws -> Data? {
        try folder.opened().folder(RunFolder.Name.items)?
            .read(RunFolder.Name.scores, limit: largestFile)
    }

    private init(_ data: Data, path: String) throws {
        var scan = ItemScan(data)
        // What is shorter than a header was cut short before it was whole.
        if data.count >= ItemFormat.headerSize { try scan.checkHeader(path: path) }
        while scan.next() {}
        records = scan.records
        ends = scan.ends
        damage = scan.damage(path: path)
    }

    /// - Throws: `RunStoreError.malformed` with the first record that cannot be read.
    package func checkUndamaged() throws {
        guard let damage else { return }
        throw RunStoreError.malformed(
            path: damage.path, line: damage.first, reason: damage.reason)
    }

    /// Cuts the file back to what was told before the log had come to a place.
    ///
    /// - Throws: `RunStoreError.malformed` if a record cannot be read; `RunStoreError`.
    static func cut(_ folder: RunFolder, toLogBytes logBytes: Int) throws {
        guard let data = try bytes(folder),
            let opened = try folder.opened().folder(RunFolder.Name.items)
        else { return }
        let stored = try StoredItems(data, path: folder.itemsFile.path)
        try stored.checkUndamaged()
        let kept = stored.records.prefix { $0.logBytes < logBytes }.count
        let length = kept > 0 ? stored.ends[kept - 1] : ItemFormat.headerSize
        guard length != data.count else { return }
        let hasHeader = data.count >= ItemFormat.headerSize
        try opened.write(hasHeader ? data.prefix(length) : Data(), to: RunFolder.Name.scores)
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

    package var description: String {
        "\(path): \(count == 1 ? "a record is" : "\(count) records are") unreadable and left out, "
            + "\(count == 1 ? "it is" : "the first is") number \(first) (\(reason))"
    }
}

/// Goes through the bytes of a file of items.
private struct ItemScan {
    private let bytes: Data
    private var decoder = ItemDecoder()
    private(set) var place = 0
    private(set) var records: [ItemRecord] = []
    private(set) var ends: [Int] = []
    private var number = 0
    private var firstProblem: (number: Int, reason: String)?
    private var problems = 0

    init(_ bytes: Data) { self.bytes = bytes }

    /// - Throws: `RunStoreError.malformed`, `RunStoreError.unknownSchema`.
    mutating func checkHeader(path: String) throws {
        let header = Array(bytes.prefix(ItemFormat.headerSize))
        guard header.starts(with: ItemFormat.mark) else {
            throw RunStoreError.malformed(path: path, line: 1, reason: "no file of items")
        }
        let version = number(at: ItemFormat.mark.count)
        guard version == ItemFormat.schemaVersion else {
            throw RunStoreError.unknownSchema(
                path: path, found: Int(version), supported: Int(ItemFormat.schemaVersion))
        }
        place = header.count
    }

    /// Takes the next record.
    ///
    /// - Returns: false at the end, or where no record can follow.
    mutating func next() -> Bool {
        let content = place + ItemFormat.frameSize
        guard place > 0, content <= bytes.count else { return false }
        number += 1
        let size = Int(number(at: place))
        guard size <= ItemFormat.largestContent else {
            note("a record of \(size) bytes; what follows is left out")
            return false
        }
        guard size <= bytes.count - content else { return false }
        take(Array(bytes[content..<content + size]), checksum: number(at: place + 4))
        place = content + size
        if ends.count < records.count { ends.append(place) }
        return true
    }

    private mutating func take(_ content: [UInt8], checksum: UInt32) {
        do throws(ItemProblem) {
            guard Checksum.crc32(content) == checksum else { throw .checksum }
            records.append(try decoder.decode(content))
        } catch {
            note("\(error)")
        }
    }

    private mutating func note(_ reason: String) {
        problems += 1
        firstProblem = firstProblem ?? (number, reason)
    }

    func damage(path: String) -> ItemDamage? {
        firstProblem.map {
            ItemDamage(path: path, count: problems, first: $0.number, reason: $0.reason)
        }
    }

    private func number(at place: Int) -> UInt32 {
        bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
