import Bases
import Foundation
import RunEvents
import RunStore
import StudySamples
import Studies
import TestSupport

@testable import lethe

/// The small study in a run folder, carried out in this process as the program does it, and broken
/// off at will.
struct StoredRun {
    /// A command, and the event after which the user gives it.
    struct Cue {
        let command: RunCommand
        let arm: String?
        let event: @Sendable (RunEvent) -> Bool

        init(
            _ command: RunCommand, _ arm: String?,
            after event: @escaping @Sendable (RunEvent) -> Bool
        ) {
            self.command = command
            self.arm = arm
            self.event = event
        }
    }

    struct Interruption: Error {}

    let folder: RunFolder
    let prepared: PreparedStudy
    let locator: DataLocator
    let cues: [Cue]

    /// Carries the run on until it ends or has told `limit` events more.
    ///
    /// - Parameters:
    ///   - limit: How many events are stored.
    ///   - isKilled: Whether the limit comes as a kill, after which nothing is stored, or as an error.
    /// - Returns: How many events were told.
    /// - Throws: `Interruption` if the limit is reached.
    @discardableResult
    func goOn(limit: Int = .max, isKilled: Bool = true) throws -> Int {
        let request = try request()
        let inputs = try request.checkedInputs()
        let commands = CommandQueue()
        let user = try CueUser(cues, request: request, commands: commands)
        let limiter = Limiter(limit)
        let runner = StudyRunner(
            prepared,
            sinks: limiter.limiting(
                [try request.openWriter(for: prepared, inputs: inputs), user], isKilled: isKilled),
            checkpoints: RunCheckpoints(folder: folder),
            commands: commands, stop: StopToken())
        _ = try runner.run(folder.name, continuing: request.continuation)
        return limiter.count
    }

    private func request() throws -> RunRequest {
        if FileManager.default.fileExists(atPath: folder.eventsFile.path) {
            return try RunRequest.resuming(folder, locator: locator)
        }
        return RunRequest(
            study: prepared.study, lock: try RunLock(folder), locator: locator)
    }

    /// The table without what two runs cannot have in common: run names, seconds, cost.
    func comparableRows() throws -> [[String]] {
        comparable(try String(contentsOf: folder.metricsFile, encoding: .utf8))
    }

    /// The checkpoints that are on disk, as `<trajectory>/step-N`.
    func checkpoints() throws -> Set<String> {
        let files = FileManager.default
        let arms = try files.contentsOfDirectory(atPath: folder.checkpointsFolder.path)
        return try Set(
            arms.flatMap { arm in
                try files.contentsOfDirectory(
                    atPath: folder.checkpointsFolder.appending(path: arm).path
                ).map { "\(arm)/\($0)" }
            })
    }

    /// Leaves half a line behind, as a kill can.
    func tearLog() throws {
        let log = try FileHandle(forWritingTo: folder.eventsFile)
        try log.seekToEnd()
        try log.write(contentsOf: Data("{\"event\":{\"obs".utf8))
    }
}

/// A run's table without what two runs cannot have in common: run names, seconds, cost.
func comparable(_ table: String) -> [[String]] {
    csvRecords(table).filter { $0.count > 9 && $0[9] != "cost" }.map { record in
        record.enumerated().filter { $0.offset != 1 && $0.offset != 8 }.map(\.element)
    }
}

/// Gives each command once, in order, however often the run is broken off.
private final class CueUser: RunEventSink {
    private var cues: [StoredRun.Cue]
    private let commands: CommandQueue

    init(_ cues: [StoredRun.Cue], request: RunRequest, commands: CommandQueue) throws {
        self.cues = Array(cues.dropFirst(request.continuation?.lastCommandID ?? 0))
        self.commands = commands
        guard let point = request.resumption?.point else { return }
        let events = try RecordedRun.read(request.lock.folder).events()
        for stamped in events.prefix(point.eventCount) { receive(stamped) }
    }

    func receive(_ event: StampedEvent) {
        while let cue = cues.first, cue.event(event.event) {
            cues.removeFirst()
            commands.ask(cue.command, arm: cue.arm, origin: "keyboard")
        }
    }
}

/// Ends the run after some events, and lets no more through.
private final class Limiter: RunEventSink {
    private let limit: Int
    private var sinks: [any RunEventSink] = []
    private(set) var count = 0

    init(_ limit: Int) { self.limit = limit }

    /// Those who are told of the run: after a kill nobody is told any more, an error all are told.
    func limiting(_ stored: [any RunEventSink], isKilled: Bool) -> [any RunEventSink] {
        guard isKilled else { return stored + [self] }
        sinks = stored
        return [self]
    }

    func receive(_ event: StampedEvent) throws {
        guard count < limit else { throw StoredRun.Interruption() }
        for sink in sinks { try sink.receive(event) }
        switch event.event {
        case .progress, .items, .scored: return
        default: count += 1
        }
        if count == limit { throw StoredRun.Interruption() }
    }
}
