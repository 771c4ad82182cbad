import Foundation
import RunEvents

/// The beginning of `metrics.csv` that is known to be right.
struct StoredTable {
    private let folder: OpenFolder
    /// How much of it; 0 if nothing is known.
    let bytes: Int

    private static let name = RunFolder.Name.metrics

    /// - Parameters:
    ///   - folder: The run's.
    ///   - place: The place of the log up to which the table is wanted.
    ///   - snapshot: What knows a digest of the table, if it is of a place in front of that.
    init(_ folder: OpenFolder, ofLogAt place: LogPlace, _ snapshot: Snapshot?) {
        self.folder = folder
        guard let snapshot, snapshot.place.bytes <= place.bytes,
            let file = try? folder.file(Self.name, flags: O_RDONLY),
            let start = try? RunningDigest(of: file, first: snapshot.table.bytes),
            start.digest == snapshot.table
        else {
            bytes = 0
            return
        }
        bytes = start.bytes
    }

    /// Makes the table its beginning and `rest`, if it is not that already.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func complete(with rest: Data) throws {
        if (try? isComplete(with: rest)) == true { return }
        let old = bytes > 0 ? try folder.file(Self.name, flags: O_RDONLY) : nil
        try folder.replace(Self.name) { new in
            if let old { try new.append(bytes, of: old) }
            try writeAll(rest, to: new.raw, path: new.path)
        }
    }

    private func isComplete(with rest: Data) throws -> Bool {
        guard folder.size(Self.name) == bytes + rest.count else { return false }
        let file = try folder.file(Self.name, flags: O_RDONLY)
        try file.seek(to: bytes)
        var left = rest
        while case let piece = try file.read(upTo: 1 << 20), !piece.isEmpty {
            guard left.prefix(piece.count) == piece else { return false }
            left = left.dropFirst(piece.count)
        }
        return left.isEmpty
    }
}
