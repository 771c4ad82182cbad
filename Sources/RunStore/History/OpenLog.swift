import Foundation
import RunEvents

/// The log of a run, open behind what a snapshot has of it, or else at its start.
struct OpenLog {
    let file: FileDescriptor
    let snapshot: Snapshot?

    /// Opens the log; nil if there is none.
    ///
    /// - Parameters:
    ///   - folder: The run's.
    ///   - usesSnapshot: False to read all of the log.
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    init?(_ folder: OpenFolder, usesSnapshot: Bool = true) throws {
        guard folder.kind(RunFolder.Name.events) != nil else { return nil }
        file = try folder.file(RunFolder.Name.events, flags: O_RDONLY)
        snapshot = usesSnapshot ? Snapshot.read(in: folder, fitting: file) : nil
        try file.seek(to: start)
    }

    /// The byte at which it is open.
    var start: Int { snapshot?.place.bytes ?? 0 }

    /// What the run has said in front of it.
    var state: RunState { snapshot?.state ?? RunState() }

    /// Reads what follows.
    func reader(_ log: EventLog) -> LogReader {
        guard let snapshot else { return LogReader(log) }
        return LogReader(log, from: snapshot.place, identity: snapshot.state.identity)
    }
}
