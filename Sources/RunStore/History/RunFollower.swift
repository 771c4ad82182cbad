import Foundation
package import RunEvents

/// Reads a run for the dashboard: all that is stored, then new events as they appear.
///
/// Needs no lock and disturbs nobody, so that a running or finished run can be viewed.
package final class RunFollower {
    /// What one look at the log brought.
    package struct Batch: Sendable, Equatable {
        /// True if the log was cut back by a resume: forget what came before, `state` starts over.
        package var isRestart = false
        /// All that the log says, where it was looked into for the first time or starts over.
        package var state: RunState?
        /// What has been added to it since the last look.
        package var events: [StampedEvent] = []

        package init(
            isRestart: Bool = false, state: RunState? = nil, events: [StampedEvent] = []
        ) {
            self.isRestart = isRestart
            self.state = state
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

    /// Whether an event that stands beside the log is of a trajectory that the log has told.
    package func knows(_ event: RunEvent) -> Bool { reader.knows(event) }

    /// Everything since the last call; the first call gives all that is stored.
    ///
    /// - Throws: `RunStoreError.malformed` if it is no log at all, `RunStoreError.unknownSchema`,
    ///   `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func poll() throws -> Batch {
        var batch = Batch(isRestart: file != nil)
        guard let opened = try openIfNew() else {
            batch.isRestart = false
            try read { batch.events.append($0) }
            if offset > 0, batch.events.isEmpty { try reader.checkIsLog() }
            return batch
        }
        var state = opened.state
        var hasEvents = opened.snapshot != nil
        try read { event in
            state.apply(event)
            hasEvents = true
        }
        if offset > 0, !hasEvents { try reader.checkIsLog() }
        batch.state = state
        return batch
    }

    private func read(_ body: (StampedEvent) -> Void) throws {
        while let piece = try file?.read(upTo: Self.piece), !piece.isEmpty {
            offset += piece.count
            try reader.take(piece) { event, _ in body(event) }
        }
    }

    /// Opens the log, or the new one after a resume has put another in its place; nil if it is open.
    private func openIfNew() throws -> OpenLog? {
        var status = stat()
        guard lstat(folder.eventsFile.path, &status) == 0 else { return nil }
        if file != nil, status.st_ino == identity, Int(status.st_size) >= offset { return nil }
        guard let opened = try OpenLog(folder.opened()) else { return nil }
        (file, identity, offset) = (opened.file, status.st_ino, opened.start)
        reader = opened.reader(log)
        return opened
    }
}
