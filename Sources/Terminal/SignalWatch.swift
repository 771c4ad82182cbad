import CNcurses

/// A wish, sent by signal, that the process ends.
package enum StopSignal: Int32, Sendable, CaseIterable {
    /// SIGHUP: the terminal or the connection is gone.
    case hangUp = 1
    /// SIGINT: Ctrl-C without a screen, or `kill -INT`.
    case interrupt = 2
    /// SIGTERM: `kill`, a batch system, a shutdown.
    case terminate = 15

    /// The exit status of a process that ended because of it, 128 + n.
    package var exitCode: Int32 { 128 + rawValue }
}

/// Turns SIGINT, SIGTERM and SIGHUP into something that can be polled, from any thread.
///
/// Works without a screen too. A second SIGINT, sent 0.1 s or more after the first, puts the
/// terminal back and ends the process at once with status 130. Signals that the parent process
/// chose to ignore (`nohup`) stay ignored. SIGPIPE is ignored: writing to a closed pipe fails.
package enum SignalWatch {
    /// Starts watching, which a second call does not change.
    ///
    /// `TerminalSession.init` calls it too.
    package static func start() {
        stop_signals_watch()
    }

    /// The first signal that arrived, or nil.
    package static var pending: StopSignal? {
        StopSignal(rawValue: stop_signals_pending())
    }

    /// Forgets the signal that arrived, so that the next one counts as the first.
    package static func clear() {
        stop_signals_clear()
    }
}
