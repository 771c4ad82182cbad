import Foundation
import RunEvents

/// The log of a run, read to its end.
struct StoredLog {
    /// nil if every line could be read.
    let damage: LogDamage?
    /// The end of the last complete line.
    let end: LogPlace

    private static let piece = 1 << 20

    /// Reads the log of a run, which is open somewhere.
    ///
    /// - Parameters:
    ///   - folder: The run's.
    ///   - log: nil if there is none.
    ///   - body: Is given each event, and the place after its line.
    /// - Returns: Where the log ends, and what of it could not be read.
    /// - Throws: `RunStoreError.malformed` if it is no log at all, `RunStoreError.unknownSchema`,
    ///   `RunStoreError.system`; what `body` throws.
    static func read(
        _ folder: RunFolder, _ log: OpenLog?, _ body: (StampedEvent, LogPlace) throws -> Void
    ) throws -> StoredLog {
        let lines = EventLog(path: folder.eventsFile.path)
        var reader = log?.reader(lines) ?? LogReader(lines)
        var hasEvents = false
        while let piece = try log?.file.read(upTo: Self.piece), !piece.isEmpty {
            try reader.take(piece) { event, place in
                hasEvents = true
                try body(event, place)
            }
        }
        if !hasEvents { try reader.checkIsLog() }
        return StoredLog(damage: reader.damage, end: reader.place)
    }

    /// Nothing is cut from a log, and nothing added to it, that cannot be read as a whole.
    ///
    /// - Throws: `RunStoreError.malformed` with the first line that cannot be read.
    func checkUndamaged() throws {
        guard let damage else { return }
        throw RunStoreError.malformed(
            path: damage.path, line: damage.firstLine, reason: damage.reason)
    }
}
