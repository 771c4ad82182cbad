import Foundation
import Platform
import Terminal

/// What becomes of half-made files when a signal ends the process.
enum Interruption {
    private static let pause: UInt32 = 20_000

    /// From now on SIGINT, SIGTERM and SIGHUP remove all drafts, and then end the process.
    ///
    /// A thread looks for them, for a handler may not do so much. Where none can be started the signals
    /// keep their usual meaning.
    static func clearsDrafts() {
        let isWatched: Void? = try? CheckedThread.start("signal", stackSize: 1 << 18) {
            while true {
                if let signal = SignalWatch.pending { end(with: signal) }
                usleep(pause)
            }
        }
        if isWatched != nil { SignalWatch.start() }
    }

    private static func end(with signal: StopSignal) -> Never {
        // Twice, for what is being made may have grown meanwhile.
        for _ in 0..<2 { Draft.removeAll() }
        _exit(signal.exitCode)
    }
}
