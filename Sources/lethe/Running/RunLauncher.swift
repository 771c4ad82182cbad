import ArgumentParser
import Dashboard
import Foundation
import RunEvents
import RunStore
import Terminal

/// Carries out a run request, with a screen or without, and ends the process with its exit code.
struct RunLauncher {
    let request: RunRequest
    let isHeadless: Bool
    let isQuiet: Bool

    /// - Throws: `ExitCode` for every ending but success, a message having been written.
    func launch() throws {
        SignalWatch.start()
        let thread = TrainingThread(request)
        let channel = EventChannel()
        try RunWriter.openLog(of: request.lock.folder)
        let session = isHeadless ? nil : openScreen()
        thread.start(channel: channel, writesRows: session == nil)
        let signal: StopSignal?
        if let session {
            signal = try show(session, thread, channel)
            thread.commands.close()
        } else {
            thread.commands.close()
            signal = HeadlessRun(thread: thread, isQuiet: isQuiet).wait(channel)
        }
        while !thread.state.isOver { Thread.sleep(forTimeInterval: 0.02) }
        try finish(thread.state, signal)
    }

    /// Takes the terminal over, or says why the run goes on without a screen.
    private func openScreen() -> TerminalSession? {
        do {
            return try TerminalSession(log: request.lock.folder.logFile)
        } catch {
            StandardError.write("lethe: no screen (\(error)); writing rows instead\n")
            return nil
        }
    }

    private func show(
        _ session: TerminalSession, _ thread: TrainingThread, _ channel: EventChannel
    ) throws -> StopSignal? {
        let folder = request.lock.folder
        var screen = LiveScreen(
            session,
            source: .init(
                drain: {
                    if case .failed = thread.state { throw TrainingBrokeOff() }
                    return channel.drain().map { .event($0) }
                },
                command: { thread.commands.ask($0, arm: $1, origin: "keyboard") },
                stop: { thread.stop.ask($0) },
                isOver: { thread.state.isOver },
                export: { folder.metricsFile.path }),
            isReadOnly: false)
        if let state = request.judgedState { screen.take(state) }
        do {
            return try screen.run()
        } catch is TrainingBrokeOff {
            return nil
        }
    }

    private func finish(_ state: TrainingThread.State, _ signal: StopSignal?) throws {
        let path = request.lock.folder.url.path
        switch state {
        case .failed(let message):
            StandardError.write("lethe: \(message)\n")
            throw ExitCode(1)
        case .ended(.completed): StandardError.write("lethe: finished: \(path)\n")
        case .ended(.interrupted):
            StandardError.write("lethe: interrupted; continue with `lethe resume \(path)`\n")
            if let signal { throw ExitCode(signal.exitCode) }
        case .ended(.diverged(let arm)):
            StandardError.write("lethe: \(arm) diverged and ended the run: \(path)\n")
            throw ExitCode(3)
        case .ended(.failed(let description)):
            StandardError.write("lethe: \(description)\n")
            throw ExitCode(1)
        case .preparing, .running: break
        }
    }
}

/// The training thread failed while the screen was up.
private struct TrainingBrokeOff: Error {}
