import Foundation
package import RunEvents

/// Everything that a run has said so far, as far as it reached the disk.
package struct RunHistory: Sendable {
    package let folder: RunFolder
    package let events: [StampedEvent]
    /// The byte after the header line, then the byte after each event's line.
    private let lineEnds: [Int]
    private let fileSize: Int

    /// Reads the run's events; a last line that was cut short by a kill is left out.
    ///
    /// - Throws: `RunStoreError.malformed` for an unreadable line that is not the last,
    ///   `RunStoreError.unknownSchema`, `RunStoreError.system`.
    package static func read(_ folder: RunFolder) throws -> RunHistory {
        let url = folder.eventsFile
        guard FileManager.default.fileExists(atPath: url.path) else {
            return RunHistory(folder: folder, events: [], lineEnds: [], fileSize: 0)
        }
        let data = try RunStoreError.wrapping("read", url) { try Data(contentsOf: url) }
        return try RunHistory(folder: folder, data: data)
    }

    private init(folder: RunFolder, events: [StampedEvent], lineEnds: [Int], fileSize: Int) {
        self.folder = folder
        self.events = events
        self.lineEnds = lineEnds
        self.fileSize = fileSize
    }

    private init(folder: RunFolder, data: Data) throws {
        let log = EventLog(path: folder.eventsFile.path)
        var events: [StampedEvent] = []
        var lineEnds: [Int] = []
        for range in EventLog.lines(of: data) {
            let line = data[range]
            do {
                if lineEnds.isEmpty {
                    try log.checkHeader(line)
                } else {
                    events.append(try log.event(line, number: lineEnds.count + 1))
                }
            } catch RunStoreError.malformed where range.upperBound + 1 == data.count {
                break
            }
            lineEnds.append(range.upperBound + 1)
        }
        self.init(folder: folder, events: events, lineEnds: lineEnds, fileSize: data.count)
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
    /// - Throws: `RunStoreError.runFinished`, `RunStoreError.system`.
    package func truncate(to point: ResumePoint, lock: RunLock) throws {
        precondition(lock.folder == folder, "the lock belongs to another run")
        precondition(point.eventCount <= events.count, "the point lies after the log's end")
        if isOver { throw RunStoreError.runFinished(path: folder.url.path) }
        try PendingCommands.write(point.commands, to: folder)
        if point.eventCount < events.count || cutsTornLine { try rewriteLog(point.eventCount) }
        try rewriteMetrics(point.eventCount)
        for checkpoints in try CheckpointFolder.all(of: folder) {
            try checkpoints.recover()
            try checkpoints.remove(after: point.arms[checkpoints.arm] ?? 0)
        }
    }

    /// Removes a torn last line and makes `metrics.csv` agree with the log.
    func repair() throws {
        if cutsTornLine { try rewriteLog(events.count) }
        try rewriteMetrics(events.count)
    }

    private var cutsTornLine: Bool { fileSize != lineEnds.last ?? 0 }

    private func rewriteLog(_ count: Int) throws {
        let end = lineEnds.isEmpty ? 0 : lineEnds[count]
        let data = try RunStoreError.wrapping("read", folder.eventsFile) {
            try Data(contentsOf: folder.eventsFile)
        }
        try writeAtomically(data.prefix(end), to: folder.eventsFile)
    }

    /// Makes `metrics.csv` the table of the first events, if it is not that already.
    private func rewriteMetrics(_ count: Int) throws {
        let table = Data(Export.table(of: events.prefix(count)).utf8)
        if (try? Data(contentsOf: folder.metricsFile)) == table { return }
        try writeAtomically(table, to: folder.metricsFile)
    }
}
