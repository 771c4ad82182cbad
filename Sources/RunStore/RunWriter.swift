import Foundation
import Platform
package import RunEvents

/// Puts a run's events on disk as they happen: `events.jsonl`, `metrics.csv`, `items/`,
/// `summary.json` and `log.txt`.
///
/// Every line is handed to the operating system at once, so that a killed process loses nothing;
/// checkpoints and the end also force the files down to the disk.
package final class RunWriter: RunEventSink {
    package let folder: RunFolder
    private let lock: RunLock
    private let eventLog: EventLog
    private let events: AppendFile
    private let metrics: AppendFile
    private let log: AppendFile
    private let items: ItemLog
    private var table: RunTable
    private var snapshots: SnapshotWriter
    private var hasNewScores = false
    /// What the run comes to, once this attempt at it has ended.
    private var verdict: RunVerdict?

    /// Opens a run for writing behind the point to which it has just been cut.
    ///
    /// - Parameters:
    ///   - lock: Of the run's folder.
    ///   - point: Where the run goes on.
    ///   - spacing: The least bytes of the log between two snapshots.
    /// - Throws: `RunStoreError`.
    package convenience init(
        lock: RunLock, after point: ResumePoint, spacing: Int = SnapshotWriter.spacing
    ) throws {
        try self.init(lock, after: point.state, at: point.place, spacing: spacing)
    }

    /// Opens a run for writing, at its end; a last line that a kill cut short is removed.
    ///
    /// - Parameters:
    ///   - lock: Of the run's folder.
    ///   - spacing: The least bytes of the log between two snapshots.
    /// - Throws: `RunStoreError`.
    package convenience init(lock: RunLock, spacing: Int = SnapshotWriter.spacing) throws {
        let log = try OpenLog(lock.folder.opened())
        var run = log?.state ?? RunState()
        let stored = try StoredLog.read(lock.folder, log) { event, _ in run.apply(event) }
        try stored.checkUndamaged()
        try lock.folder.cutFiles(at: stored.end)
        try self.init(lock, after: run, at: stored.end, spacing: spacing)
    }

    private init(_ lock: RunLock, after run: RunState, at place: LogPlace, spacing: Int) throws {
        self.lock = lock
        folder = lock.folder
        eventLog = EventLog(path: folder.eventsFile.path)
        let opened = try folder.opened()
        events = try AppendFile(RunFolder.Name.events, in: opened)
        metrics = try AppendFile(RunFolder.Name.metrics, in: opened)
        items = try ItemLog(folder)
        log = try Self.openLog(of: folder)
        table = RunTable(after: run)
        snapshots = try SnapshotWriter(opened, at: place, spacing: spacing)
        if events.isEmpty { try snapshots.add(line: events.append(line: eventLog.headerLine())) }
    }

    /// The file of messages, begun with its header if it is new.
    ///
    /// Whoever lets other text flow into the file opens it first, so that the header comes first.
    @discardableResult
    package static func openLog(of folder: RunFolder) throws -> AppendFile {
        let log = try AppendFile(RunFolder.Name.log, in: folder.opened())
        if log.isEmpty { try log.append(line: "lethe log, schemaVersion \(RunJSON.schemaVersion)") }
        return log
    }

    /// Adds a message to `log.txt`.
    package func write(message: String) throws {
        for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
            try log.append(line: String(line).visible)
        }
    }

    package func receive(_ event: StampedEvent) throws {
        switch event.event {
        case .progress: return
        case .items, .scored: return try items.add(event.event, logBytes: events.size)
        case .finished: try judge(event)
        default: break
        }
        try snapshots.add(line: events.append(line: eventLog.line(event)))
        for row in table.rows(for: event) {
            try snapshots.add(row: metrics.append(line: row.line()))
        }
        try settle(event)
    }

    /// The rows of kind `verdict`; none before the run is over.
    package var verdictRows: [TableRow] {
        guard let verdict, table.run.isOver else { return [] }
        return VerdictRows(verdict: verdict, run: table.run).all
    }

    /// Makes the verdict, and ends the table with it if the run is over.
    ///
    /// That comes before the end is told: a run that is killed in between goes on, and its table is
    /// cut. Snapshots know nothing of these rows, for a run that gets more trajectories loses them.
    private func judge(_ end: StampedEvent) throws {
        var run = table.run
        run.apply(end)
        let made = RunVerdict(on: run, in: folder)
        verdict = made
        guard run.isOver else { return }
        for row in VerdictRows(verdict: made, run: run).all { try metrics.append(line: row.line()) }
    }

    private func settle(_ stamped: StampedEvent) throws {
        switch stamped.event {
        case .observed(let seen) where seen.kind == .target || seen.kind == .source:
            hasNewScores = true
            return
        case .observed(let seen) where seen.kind == .cost:
            return
        case .checkpointSaved:
            try sync()
            if table.run.isSettled { snapshots.write(table.run, in: folder) }
        case .notice(let notice):
            try write(message: Self.text(notice, at: stamped.seconds))
        case .finished:
            try sync()
            if table.run.isOver { snapshots.write(table.run, in: folder) }
            hasNewScores = true
        default:
            break
        }
        if hasNewScores { try writeSummary() }
    }

    private func sync() throws {
        try events.sync()
        try metrics.sync()
        try items.sync()
        try log.sync()
    }

    private func writeSummary() throws {
        hasNewScores = false
        try folder.opened().write(
            Export.json(RunSummary(of: table.run, verdict: verdict)), to: RunFolder.Name.summary)
    }

    private static func text(_ notice: Notice, at seconds: Double) -> String {
        let time = String(format: "%.1f", seconds)
        let arm = notice.arm.map { "\($0) " } ?? ""
        return "\(time) s \(notice.level.rawValue) \(arm)step \(notice.step): \(notice.text)"
    }
}
