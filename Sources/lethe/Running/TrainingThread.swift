import Foundation
import Platform
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

    private let stackSize: Int

    /// - Parameters:
    ///   - request: What to run.
    ///   - stackSize: Deep recursion happens nowhere, but parsers of deep files deserve room.
    init(_ request: RunRequest, stackSize: Int = 16 << 20) {
        self.request = request
        self.stackSize = stackSize
    }

    var state: State { current.withLock { $0 } }

    /// Starts the thread; if there is none, `state` says so.
    ///
    /// - Parameters:
    ///   - channel: Told of every event, for a screen.
    ///   - writesRows: Whether the table's rows go to standard output.
    func start(channel: EventChannel?, writesRows: Bool) {
        do {
            try CheckedThread.start("training", stackSize: stackSize) { [self] in
                do {
                    let outcome = try run(channel: channel, writesRows: writesRows)
                    enter(.ended(outcome))
                } catch {
                    enter(.failed("\(error)"))
                }
            }
        } catch {
            enter(.failed("\(error)"))
        }
    }

    private func enter(_ state: State) { current.withLock { $0 = state } }

    /// The work is done with fewer threads too, only more slowly.
    private func startWorkers() {
        let missing = Workers.start()
        guard missing > 0 else { return }
        StandardError.write(
            "lethe: \(missing) of \(Workers.count + missing) threads cannot be started; the run "
                + "goes on with \(Workers.count). Raise the limit of processes (ulimit -u)\n")
    }

    private func run(channel: EventChannel?, writesRows: Bool) throws -> RunOutcome {
        let progress = Progress(
            arm: nil, phase: .preparing(request.study.name), step: 0, tokensPerSecond: 0)
        channel?.receive(StampedEvent(seconds: 0, event: .progress(progress)))
        startWorkers()
        let inputs = try request.checkedInputs()
        var prepared = try request.prepared()
        prepared.baseScores = KeptBaseScores(prepared, inputs: inputs, for: request)
        let rows = writesRows ? try ForgivingStream(after: request.state ?? RunState()) : nil
        var writer: RunWriter?
        let runner = StudyRunner(
            prepared,
            sinks: try {
                let opened = try self.request.openWriter(for: prepared, inputs: inputs)
                writer = opened
                return self.sinks(opened, rows, channel)
            }(),
            checkpoints: RunCheckpoints(folder: request.lock.folder),
            commands: commands, stop: stop)
        let outcome = try runner.run(request.name, continuing: request.continuation)
        rows?.write(writer?.verdictRows ?? [])
        if let failure = rows?.failure { throw failure }
        return outcome
    }

    /// Who is told of the run, which begins now.
    private func sinks(
        _ writer: RunWriter, _ rows: ForgivingStream?, _ channel: EventChannel?
    ) -> [any RunEventSink] {
        enter(.running)
        let others: [(any RunEventSink)?] = [rows, channel]
        return [writer] + others.compactMap { $0 }
    }
}
