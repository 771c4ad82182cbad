import Foundation
import RunEvents

/// `snapshot.json`: what the first lines of a run's log come to, so that they need not be decoded again.
///
/// It says nothing that is not in the log. It is believed only if the log still begins with the very
/// bytes that it was made from, all of which could be read, and passed over otherwise.
struct Snapshot: Codable, Sendable {
    private var file = Self.fileWord
    private var schemaVersion = RunJSON.schemaVersion
    /// The end of the last line that is in it.
    let place: LogPlace
    /// Of the log up to there, and of the table of these lines.
    let log: FileDigest
    let table: FileDigest
    /// What the run had said by then.
    let state: RunState

    private static let fileWord = "lethe-snapshot"
    /// Bytes of one that is not worth its reading any more.
    private static let limit = 64 << 20

    init(of state: RunState, at place: LogPlace, log: FileDigest, table: FileDigest) {
        self.state = state
        self.place = place
        self.log = log
        self.table = table
    }

    /// The snapshot of a run, if it has one that fits its log.
    ///
    /// - Parameters:
    ///   - folder: The run's.
    ///   - file: Its log, which is read from its start to the snapshot's end.
    /// - Returns: nil if there is none, or none that can be believed.
    static func read(in folder: OpenFolder, fitting file: FileDescriptor) -> Snapshot? {
        guard let data = try? folder.read(RunFolder.Name.snapshot, limit: limit),
            let found = try? RunJSON.decoder().decode(Snapshot.self, from: data), found.isPossible,
            let start = try? RunningDigest(of: file, first: found.place.bytes),
            start.digest == found.log
        else { return nil }
        return found
    }

    private var isPossible: Bool {
        file == Self.fileWord && schemaVersion == RunJSON.schemaVersion && place.bytes == log.bytes
            && (1...max(1, place.bytes)).contains(place.lines) && state.problem == nil
    }

    /// Puts it in place of an older one, if it is not too large.
    ///
    /// - Returns: The bytes that it takes.
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func write(in folder: OpenFolder) throws -> Int {
        let data = try RunJSON.encoder().encode(self)
        if data.count <= Self.limit { try folder.write(data, to: RunFolder.Name.snapshot) }
        return data.count
    }
}
