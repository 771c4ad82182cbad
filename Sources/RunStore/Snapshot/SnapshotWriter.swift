import Foundation
import RunEvents

/// Writes the snapshot of a run while the run is written.
struct SnapshotWriter {
    /// The end of the log.
    private(set) var place: LogPlace
    private var log: RunningDigest
    private var table: RunningDigest
    /// Bytes of the log when the next snapshot is due.
    private var due: Int
    private let spacing: Int

    /// Fewer bytes of a log are decoded at once, so that a snapshot would not be worth its writing.
    static let spacing = 256 << 10

    /// Goes on behind what the files hold.
    ///
    /// - Parameters:
    ///   - folder: The run's.
    ///   - place: The end of its log.
    ///   - spacing: The least bytes of the log between two snapshots; 0 for one at every chance.
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    init(_ folder: OpenFolder, at place: LogPlace, spacing: Int) throws {
        self.place = place
        self.spacing = spacing
        due = place.bytes + spacing
        log = try RunningDigest(of: folder.file(RunFolder.Name.events, flags: O_RDONLY))
        table = try RunningDigest(of: folder.file(RunFolder.Name.metrics, flags: O_RDONLY))
    }

    /// Notes that a line was added to the log.
    mutating func add(line: Data) {
        log.add(line)
        place.bytes += line.count
        place.lines += 1
    }

    /// Notes that a line was added to the table.
    mutating func add(row: Data) { table.add(row) }

    /// Writes a snapshot if the log has grown enough for it, and no less than the last snapshot was
    /// long.
    ///
    /// A snapshot that cannot be written is left out: the log holds all that is in it.
    mutating func write(_ run: RunState, in folder: RunFolder) {
        guard place.bytes >= due else { return }
        let snapshot = Snapshot(of: run, at: place, log: log.digest, table: table.digest)
        let size = (try? snapshot.write(in: folder.opened())) ?? 0
        due = place.bytes + (spacing == 0 ? 0 : max(spacing, size))
    }
}
