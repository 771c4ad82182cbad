import Foundation
import RunEvents

extension RunFolder {
    /// Cuts the log back to a resume point and makes `metrics.csv` agree with what is left;
    /// checkpoints from after that point are removed, and what kills left behind.
    ///
    /// All that can be wrong with the folder is found before anything in it is changed.
    ///
    /// - Parameters:
    ///   - point: Of this run as it is now.
    ///   - arms: The names of the study's arms, whose checkpoints these are.
    ///   - lock: Of the same folder.
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func cut(to point: ResumePoint, arms: [String], lock: RunLock) throws {
        precondition(lock.folder == self, "the lock belongs to another run")
        let checkpoints = try arms.map { try CheckpointFolder(run: self, arm: $0) }
        for arm in checkpoints { try arm.check() }
        try StoredItems.read(self).checkUndamaged()
        try PendingCommands.write(point.commands, to: self)
        try cutFiles(at: point.place)
        for arm in checkpoints {
            try arm.recover()
            try arm.remove(after: point.arms[arm.arm] ?? 0)
        }
    }

    /// Makes the log end at a place of it, the items too, and `metrics.csv` its table.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func cutFiles(at place: LogPlace) throws {
        let opened = try opened()
        if let size = opened.size(Name.events), size != place.bytes {
            let log = try opened.file(Name.events, flags: O_RDONLY)
            try opened.replace(Name.events) { try $0.append(place.bytes, of: log) }
        }
        try StoredItems.cut(self, toLogBytes: place.bytes)
        try cutTable(at: place, in: opened)
    }

    /// Rows that are in the table already are neither made nor written again.
    private func cutTable(at place: LogPlace, in opened: OpenFolder) throws {
        let log = try OpenLog(opened)
        let start = StoredTable(opened, ofLogAt: place, log?.snapshot)
        let usesSnapshot = start.bytes > 0
        var table = usesSnapshot ? TableText(after: log?.state ?? RunState()) : TableText()
        let source = usesSnapshot ? log : try OpenLog(opened, usesSnapshot: false)
        _ = try StoredLog.read(self, source) { event, end in
            if end.bytes <= place.bytes { table.add(event) }
        }
        try start.complete(with: Data(table.text.utf8))
    }
}
