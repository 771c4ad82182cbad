import Foundation
package import RunEvents

/// The items of a run as they are on disk.
package struct StoredItems: Sendable {
    /// In the order in which they were told.
    private(set) var records: [ItemRecord] = []
    /// What cannot be read and is left out; nil if all can.
    ///
    /// A last record that was cut short by a kill is no damage.
    package let damage: ItemDamage?
    /// The byte after each.
    private var ends: [Int] = []

    /// More than the scores of any run take.
    private static let largestFile = 4 << 30

    /// Sets and scores as the events that told them.
    package var events: [RunEvent] { records.map(\.event) }

    /// Adds them to what the log has told; what is of no trajectory of the run is left out.
    package func add(to state: inout RunState) { add(to: &state, beforeLogBytes: .max) }

    private func add(to state: inout RunState, beforeLogBytes end: Int) {
        let names = Set(state.identity?.arms.map(\.name) ?? [])
        for record in records where record.logBytes < end {
            guard names.isSuperset(of: record.event.arms) else { continue }
            state.apply(StampedEvent(seconds: 0, event: record.event))
        }
    }

    /// Reads the items of a run; there are none if it did not keep them.
    ///
    /// - Throws: `RunStoreError.unknownSchema`; `RunStoreError.malformed` if it is no file of items;
    ///   `RunStoreError.outOfPlace`, `RunStoreError.tooLarge`, `RunStoreError.system`.
    package static func read(_ folder: RunFolder) throws -> StoredItems {
        try StoredItems(try bytes(folder) ?? Data(), path: folder.itemsFile.path)
    }

    /// What a run had said at the point from which it goes on, with what items had added by then.
    ///
    /// - Throws: As `read`.
    package static func state(at point: ResumePoint, of folder: RunFolder) throws -> RunState {
        var state = point.state
        try read(folder).add(to: &state, beforeLogBytes: point.place.bytes)
        return state
    }

    private static func bytes(_ folder: RunFolder) throws -> Data? {
        try folder.opened().folder(RunFolder.Name.items)?
            .read(RunFolder.Name.scores, limit: largestFile)
    }

    private init(_ data: Data, path: String) throws {
        var scan = ItemScan(path: path)
        var found: [(record: ItemRecord, end: Int)] = []
        try scan.take(data) { found.append(($0, $1)) }
        damage = scan.damage
        records = found.map(\.record)
        ends = found.map(\.end)
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
