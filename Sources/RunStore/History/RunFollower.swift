import Foundation
package import RunEvents

/// Reads a run's events for the dashboard: all that are stored, then new ones as they appear.
///
/// Needs no lock and disturbs nobody, so that a running or finished run can be viewed.
package final class RunFollower {
    /// What one look at the log brought.
    package struct Batch: Sendable, Equatable {
        /// True if the log was cut back by a resume: forget what came before, `events` starts over.
        package var isRestart: Bool
        package var events: [StampedEvent]

        package init(isRestart: Bool, events: [StampedEvent]) {
            self.isRestart = isRestart
            self.events = events
        }
    }

    private let folder: RunFolder
    private let log: EventLog
    private var file: FileHandle?
    private var identity: ino_t = 0
    private var pending = Data()
    private var offset = 0
    private var lineCount = 0

    package init(_ folder: RunFolder) {
        self.folder = folder
        log = EventLog(path: folder.eventsFile.path)
    }

    /// Everything since the last call; the first call gives all that is stored.
    ///
    /// - Throws: `RunStoreError.malformed`, `RunStoreError.unknownSchema`, `RunStoreError.system`.
    package func poll() throws -> Batch {
        let isRestart = try reopenIfReplaced()
        guard let file else { return Batch(isRestart: isRestart, events: []) }
        let fresh = try RunStoreError.wrapping("read", folder.eventsFile) {
            try file.readToEnd() ?? Data()
        }
        offset += fresh.count
        pending.append(fresh)
        return Batch(isRestart: isRestart, events: try takeLines())
    }

    /// Opens the log, or the new one after a resume has put another in its place.
    private func reopenIfReplaced() throws -> Bool {
        var status = stat()
        guard stat(folder.eventsFile.path, &status) == 0 else { return false }
        if file != nil, status.st_ino == identity, Int(status.st_size) >= offset { return false }
        let isRestart = file != nil
        file = try RunStoreError.wrapping("open", folder.eventsFile) {
            try FileHandle(forReadingFrom: folder.eventsFile)
        }
        identity = status.st_ino
        (offset, lineCount, pending) = (0, 0, Data())
        return isRestart
    }

    private func takeLines() throws -> [StampedEvent] {
        var events: [StampedEvent] = []
        let lines = EventLog.lines(of: pending)
        for range in lines {
            lineCount += 1
            if lineCount == 1 {
                try log.checkHeader(pending[range])
            } else {
                events.append(try log.event(pending[range], number: lineCount))
            }
        }
        if let last = lines.last { pending = Data(pending[(last.upperBound + 1)...]) }
        return events
    }
}
