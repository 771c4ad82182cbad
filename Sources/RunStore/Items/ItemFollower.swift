import Foundation
package import RunEvents

/// Reads the items of a run while they are added, each once.
///
/// Needs no lock and disturbs nobody. Where a resume has put another file in the old one's place, all of
/// it comes anew: items that come twice say the same.
package struct ItemFollower: Sendable {
    private let folder: RunFolder
    private var scan: ItemScan
    private var file: FileDescriptor?
    private var identity: ino_t = 0
    private var offset = 0

    private static let piece = 1 << 20

    package init(_ folder: RunFolder) {
        self.folder = folder
        scan = ItemScan(path: folder.itemsFile.path)
    }

    /// The records so far that cannot be read; nil if all can.
    package var damage: ItemDamage? { scan.damage }

    /// What has been added since the last call, as far as it stands in the next bytes.
    ///
    /// - Parameter limit: How many bytes are looked at, about.
    /// - Returns: Sets and scores as the events that told them; nil if there is nothing to read now.
    /// - Throws: `RunStoreError.malformed` if it is no file of items, `RunStoreError.unknownSchema`,
    ///   `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package mutating func poll(upTo limit: Int) throws -> [RunEvent]? {
        try openIfNew()
        var events: [RunEvent] = []
        let start = offset
        while offset - start < limit, let piece = try file?.read(upTo: Self.piece), !piece.isEmpty {
            offset += piece.count
            try scan.take(piece) { record, _ in events.append(record.event) }
        }
        return offset > start ? events : nil
    }

    /// Opens the file, or the new one after a resume has put another in its place.
    private mutating func openIfNew() throws {
        var status = stat()
        guard lstat(folder.itemsFile.path, &status) == 0 else { return }
        if file != nil, status.st_ino == identity, Int(status.st_size) >= offset { return }
        file = try folder.opened().folder(RunFolder.Name.items)?
            .file(RunFolder.Name.scores, flags: O_RDONLY)
        (identity, offset) = (status.st_ino, 0)
        scan = ItemScan(path: folder.itemsFile.path)
    }
}
