import Foundation
package import RunEvents

/// Everything that a run has said so far, as far as it reached the disk.
package struct RunHistory: Sendable {
    package let folder: RunFolder
    package let events: [StampedEvent]
    /// The lines that cannot be read and are not in `events`; nil if all can.
    package let damage: LogDamage?
    /// The byte after each event's line.
    private let ends: [Int]
    /// The bytes of the header, of the whole lines, and of the file.
    private let headerEnd: Int
    private let linesEnd: Int
    private let fileSize: Int

    private static let piece = 1 << 20

    /// Reads the run's events; a last line that was cut short by a kill is left out.
    ///
    /// - Throws: `RunStoreError.malformed` if it is no log at all, `RunStoreError.unknownSchema`,
    ///   `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package static func read(_ folder: RunFolder) throws -> RunHistory {
        try RunHistory(folder, in: try folder.opened())
    }

    private init(_ folder: RunFolder, in opened: OpenFolder) throws {
        var reader = LogReader(EventLog(path: folder.eventsFile.path))
        var events: [StampedEvent] = []
        var ends: [Int] = []
        var size = 0
        if opened.kind(RunFolder.Name.events) != nil {
            let file = try opened.file(RunFolder.Name.events, flags: O_RDONLY)
            while case let piece = try file.read(upTo: Self.piece), !piece.isEmpty {
                size += piece.count
                try reader.take(piece) { event, end in
                    events.append(event)
                    ends.append(end)
                }
            }
        }
        if events.isEmpty { try reader.checkIsLog() }
        self.folder = folder
        self.events = events
        self.ends = ends
        damage = reader.damage
        headerEnd = reader.headerEnd
        linesEnd = reader.end
        fileSize = size
    }

    /// What was compared; nil before the run began.
    package var identity: RunIdentity? {
        for stamped in events.reversed() {
            if case .started(let identity) = stamped.event { return identity }
        }
        return nil
    }

    /// How the run ended; nil while it goes on, or after a kill.
    package var outcome: RunOutcome? {
        if case .finished(let outcome) = events.last?.event { return outcome }
        return nil
    }

    /// True if the run came to its own end, so that its data must stay as they are.
    package var isOver: Bool {
        switch outcome {
        case .completed, .diverged: true
        case .interrupted, .failed, nil: false
        }
    }

    /// Cuts the log back to the resume point and builds `metrics.csv` anew from what is left;
    /// checkpoints from after that point are removed, and what kills left behind.
    ///
    /// All that can be wrong with the folder is found before anything in it is changed.
    ///
    /// - Parameters:
    ///   - point: Of this history.
    ///   - arms: The names of the study's arms, whose checkpoints these are.
    ///   - lock: Of the same folder.
    /// - Throws: `RunStoreError.runFinished`; `RunStoreError.malformed` if a line cannot be read;
    ///   `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func truncate(to point: ResumePoint, arms: [String], lock: RunLock) throws {
        precondition(lock.folder == folder, "the lock belongs to another run")
        precondition(point.eventCount <= events.count, "the point lies after the log's end")
        if isOver { throw RunStoreError.runFinished(path: folder.url.path) }
        try checkUndamaged()
        let checkpoints = try arms.map { try CheckpointFolder(run: folder, arm: $0) }
        for arm in checkpoints { try arm.check() }
        try PendingCommands.write(point.commands, to: folder)
        if point.eventCount < events.count || cutsTornLine { try rewriteLog(point.eventCount) }
        try rewriteMetrics(point.eventCount)
        for arm in checkpoints {
            try arm.recover()
            try arm.remove(after: point.arms[arm.arm] ?? 0)
        }
    }

    /// Nothing is cut from a log, and nothing added to it, that cannot be read as a whole.
    ///
    /// - Throws: `RunStoreError.malformed` with the first line that cannot be read.
    package func checkUndamaged() throws {
        guard let damage else { return }
        throw RunStoreError.malformed(
            path: damage.path, line: damage.firstLine, reason: damage.reason)
    }

    /// Removes a torn last line and makes `metrics.csv` agree with the log.
    ///
    /// - Throws: `RunStoreError.malformed` if another line cannot be read; `RunStoreError.system`.
    func repair() throws {
        try checkUndamaged()
        if cutsTornLine { try rewriteLog(events.count) }
        try rewriteMetrics(events.count)
    }

    private var cutsTornLine: Bool { fileSize != linesEnd }

    /// Replaces the log by its header and first events.
    private func rewriteLog(_ count: Int) throws {
        let opened = try folder.opened()
        let old = try opened.file(RunFolder.Name.events, flags: O_RDONLY)
        var left = count > 0 ? ends[count - 1] : headerEnd
        try opened.replace(RunFolder.Name.events) { new in
            while left > 0, case let piece = try old.read(upTo: min(left, Self.piece)),
                !piece.isEmpty
            {
                try writeAll(piece, to: new.raw, path: old.path)
                left -= piece.count
            }
        }
    }

    /// Makes `metrics.csv` the table of the first events, if it is not that already.
    private func rewriteMetrics(_ count: Int) throws {
        let table = Data(Export.table(of: events.prefix(count)).utf8)
        let opened = try folder.opened()
        if (try? opened.read(RunFolder.Name.metrics, limit: table.count)) == table { return }
        try opened.write(table, to: RunFolder.Name.metrics)
    }
}
