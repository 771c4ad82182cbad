import Foundation
package import RunEvents

/// What a run has said so far, as far as it reached the disk.
package struct RecordedRun: Sendable {
    package let folder: RunFolder
    package let state: RunState
    /// The lines of the log that cannot be read and do not count; nil if all can.
    package let damage: LogDamage?

    /// Reads a run; a last line that was cut short by a kill is left out.
    ///
    /// - Throws: `RunStoreError.malformed` if its log is none at all, `RunStoreError.unknownSchema`,
    ///   `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package static func read(_ folder: RunFolder) throws -> RecordedRun {
        let log = try OpenLog(folder.opened())
        var state = log?.state ?? RunState()
        let stored = try StoredLog.read(folder, log) { event, _ in state.apply(event) }
        return RecordedRun(folder: folder, state: state, damage: stored.damage)
    }

    /// Gives `body` every event that can be read, in order.
    ///
    /// - Throws: As `read`; what `body` throws.
    package func replay(_ body: (StampedEvent) throws -> Void) throws {
        let log = try OpenLog(folder.opened(), usesSnapshot: false)
        _ = try StoredLog.read(folder, log) { event, _ in try body(event) }
    }

    /// Every event that can be read.
    ///
    /// - Throws: As `read`.
    package func events() throws -> [StampedEvent] {
        var events: [StampedEvent] = []
        try replay { events.append($0) }
        return events
    }
}
