import Foundation
import Platform
package import RunEvents

/// Puts a run's events on disk as they happen: `events.jsonl`, `metrics.csv`, `summary.json` and
/// `log.txt`.
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
    private var table: RunTable
    private var state: RunState
    private var hasNewScores = false

    /// Opens the run for writing, at its end; a last line that a kill cut short is removed.
    ///
    /// - Throws: `RunStoreError`.
    package init(lock: RunLock) throws {
        self.lock = lock
        folder = lock.folder
        let history = try RunHistory.read(folder)
        try history.repair()
        eventLog = EventLog(path: folder.eventsFile.path)
        let opened = try folder.opened()
        events = try AppendFile(RunFolder.Name.events, in: opened)
        metrics = try AppendFile(RunFolder.Name.metrics, in: opened)
        log = try Self.openLog(of: folder)
        table = RunTable(after: history.events)
        state = RunState(after: history.events)
        if events.isEmpty { try events.append(line: eventLog.headerLine()) }
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
        case .progress, .items, .scored: return
        default: break
        }
        try events.append(line: eventLog.line(event))
        for row in table.rows(for: event) { try metrics.append(line: row.line()) }
        state.apply(event)
        try settle(event)
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
        case .notice(let notice):
            try write(message: Self.text(notice, at: stamped.seconds))
        case .finished:
            try sync()
            hasNewScores = true
        default:
            break
        }
        if hasNewScores { try writeSummary() }
    }

    private func sync() throws {
        try events.sync()
        try metrics.sync()
        try log.sync()
    }

    private func writeSummary() throws {
        hasNewScores = false
        try folder.opened().write(
            Export.json(RunSummary(of: state)), to: RunFolder.Name.summary)
    }

    private static func text(_ notice: Notice, at seconds: Double) -> String {
        let time = String(format: "%.1f", seconds)
        let arm = notice.arm.map { "\($0) " } ?? ""
        return "\(time) s \(notice.level.rawValue) \(arm)step \(notice.step): \(notice.text)"
    }
}
