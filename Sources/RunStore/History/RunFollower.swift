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

    private static let piece = 1 << 20

    private let folder: RunFolder
    private let log: EventLog
    private var reader: LogReader
    private var file: FileDescriptor?
    private var identity: ino_t = 0
    private var offset = 0

    package init(_ folder: RunFolder) {
        self.folder = folder
        log = EventLog(path: folder.eventsFile.path)
        reader = LogReader(log)
    }

    /// The lines so far that cannot be read; nil if all can.
    package var damage: LogDamage? { reader.damage }

    /// Everything since the last call; the first call gives all that is stored.
    ///
    /// - Throws: `RunStoreError.malformed` if it is no log at all, `RunStoreError.unknownSchema`,
    ///   `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func poll() throws -> Batch {
        let isRestart = try reopenIfReplaced()
        var events: [StampedEvent] = []
        while let piece = try file?.read(upTo: Self.piece), !piece.isEmpty {
            offset += piece.count
            try reader.take(piece) { event, _ in events.append(event) }
        }
        if offset > 0, events.isEmpty { try reader.checkIsLog() }
        return Batch(isRestart: isRestart, events: events)
    }

    /// Opens the log, or the new one after a resume has put another in its place.
    private func reopenIfReplaced() throws -> Bool {
        var status = stat()
        guard lstat(folder.eventsFile.path, &status) == 0 else { return false }
        if file != nil, status.st_ino == identity, Int(status.st_size) >= offset { return false }
        let isRestart = file != nil
        file = try folder.opened().file(RunFolder.Name.events, flags: O_RDONLY)
        identity = status.st_ino
        (offset, reader) = (0, LogReader(log))
        return isRestart
    }
}
