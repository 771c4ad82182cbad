import Foundation
import TestSupport
import Testing

/// Sends signals to a process without a screen.
@Suite(.serialized)
struct SignalWatchTests {
    @Test("the first stop signal can be polled", arguments: [SIGTERM, SIGHUP])
    func reportsSignal(signal: Int32) throws {
        try withWatching { probe in
            kill(probe.identifier, signal)
            #expect(probe.status(wait: true) == 128 + signal)
            #expect(probe.output == "ready\npending \(signal)\n")
        }
    }

    @Test("a second SIGINT ends the process at once with 130, but not two in a moment")
    func secondInterruptEnds() throws {
        try withWatching { probe in
            kill(probe.identifier, SIGINT)
            kill(probe.identifier, SIGINT)
            #expect(waitFor("ready\npending 2\n", from: probe))
            usleep(150_000)
            #expect(probe.status(wait: false) == nil)
            let start = ContinuousClock.now
            kill(probe.identifier, SIGINT)
            #expect(probe.status(wait: true) == 130)
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    /// Starts the probe, which then watches for signals.
    private func withWatching(_ body: (ChildProcess) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let output = folder.appending(path: "output.txt")
            let probe = try ChildProcess([TmuxScreen.probe, "--headless"], output: output)
            try #require(waitFor("ready\n", from: probe))
            try body(probe)
        }
    }

    private func waitFor(_ text: String, from probe: ChildProcess) -> Bool {
        let deadline = ContinuousClock.now + .seconds(5)
        while probe.output != text, ContinuousClock.now < deadline { usleep(5000) }
        return probe.output == text
    }
}
