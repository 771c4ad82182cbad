import Foundation
import RunEvents

/// Keeps the items of a run beside its log, as they are told.
///
/// A record is handed to the operating system whole; checkpoints force the file down to the disk. The
/// file is made when there is something to keep.
final class ItemLog {
    private let folder: RunFolder
    private var file: AppendFile?
    private var encoder: ItemEncoder

    /// Goes on at the end of what is there.
    ///
    /// - Throws: `RunStoreError.malformed` if a record of it cannot be read, for nothing is added to a
    ///   file that cannot be read as a whole; `RunStoreError`.
    init(_ folder: RunFolder) throws {
        let stored = try StoredItems.read(folder)
        try stored.checkUndamaged()
        self.folder = folder
        encoder = ItemEncoder(after: stored.records)
    }

    /// Adds what an event tells of items; others make no record.
    ///
    /// - Parameters:
    ///   - event: Of the run.
    ///   - logBytes: What has been written of the log before it.
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func add(_ event: RunEvent, logBytes: Int) throws {
        let content: ItemRecord.Content
        switch event {
        case .items(let set): content = .set(set)
        case .scored(let scores): content = .scores(scores)
        default: return
        }
        if let bytes = encoder.encode(ItemRecord(logBytes: logBytes, content: content)) {
            try opened().append(Data(bytes))
        }
    }

    private func opened() throws -> AppendFile {
        if let file { return file }
        let folder = try folder.opened().makeFolder(RunFolder.Name.items)
        let opened = try AppendFile(RunFolder.Name.scores, in: folder)
        if opened.isEmpty { try opened.append(Data(ItemFormat.header)) }
        file = opened
        return opened
    }

    /// Forces all records down to the disk.
    func sync() throws { try file?.sync() }
}
