import Foundation
import Kernels
import RunEvents
import RunStore
import Studies
import Synchronization

/// The thread that loads, trains and evaluates.
///
/// Model, tape and optimiser never leave it.
final class TrainingThread: Sendable {
    /// How far the thread has come.
    enum State: Sendable {
        case preparing, running
        case ended(RunOutcome)
        /// It never started, or broke off; the message says why.
        case failed(String)

        var isOver: Bool {
            switch self {
            case .preparing, .running: false
            case .ended, .failed: true
            }
        }
    }

    let commands = CommandQueue()
    let stop = StopToken()
    private let current = Mutex(State.preparing)
    private let request: RunRequest

    /// Deep recursion happens nowhere, but parsers of deep files deserve room.
    private static let stackSize = 16 << 20

    init(_ request: RunRequest) { self.request = request }

    var state: State { current.withLock { $0 } }

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - channel: Told of every event, for a screen.
    ///   - writesRows: Whether the table's rows go to standard output.
    func start(channel: EventChannel?, writesRows: Bool) {
        let thread = Thread { [self] in
            do {
                let outcome = try run(channel: channel, writesRows: writesRows)
                enter(.ended(outcome))
            } catch {
                enter(.failed("\(error)"))
            }
        }
        thread.name = "training"
        thread.stackSize = Self.stackSize
        thread.start()
    }

    private func enter(_ state: State) { current.withLock { $0 = state } }

    private func run(channel: EventChannel?, writesRows: Bool) throws -> RunOutcome {
        let progress = Progress(
            arm: nil, phase: .preparing(request.study.name), step: 0, tokensPerSecond: 0)
        channel?.receive(StampedEvent(seconds: 0, event: .progress(progress)))
        let prepared = try PreparedStudy.prepare(request.study, locator: request.locator)
        if request.continuation == nil {
            try request.lock.folder.write(study: prepared.study.yaml())
            try request.lock.folder.write(environment: MachineReport.current.entries)
        }
        var sinks: [any RunEventSink] = [try RunWriter(lock: request.lock)]
        if writesRows { sinks.append(try ForgivingStream(after: request.history)) }
        if let channel { sinks.append(channel) }
        enter(.running)
        let runner = StudyRunner(
            prepared, sinks: sinks,
            checkpoints: RunCheckpoints(
                folder: request.lock.folder, keep: request.study.checkpoints.keep),
            commands: commands, stop: stop)
        return try runner.run(request.name, continuing: request.continuation)
    }
}

/// Rows on standard output that end, with one message, when the reader goes away; the run and its
/// files go on.
private final class ForgivingStream: RunEventSink {
    private var stream: CSVStream?

    init(after history: [StampedEvent]) throws {
        try forgive { stream = try CSVStream(descriptor: STDOUT_FILENO, after: history) }
    }

    func receive(_ event: StampedEvent) throws {
        try forgive { try stream?.receive(event) }
    }

    private func forgive(_ write: () throws -> Void) throws {
        do {
            try write()
        } catch RunStoreError.streamClosed {
            stream = nil
            StandardError.write("lethe: \(RunStoreError.streamClosed)\n")
        }
    }
}
