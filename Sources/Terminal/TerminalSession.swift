import CNcurses
package import Dashboard
package import Foundation

/// Has the terminal from `init` to `close`: draws grids of cells on it and reads its keys.
///
/// Use it on the main thread only. However the process ends (return, `exit`, a crash, a stop
/// signal), short of SIGKILL, the terminal is put back as it was.
///
/// Ctrl-C, Ctrl-Z and Ctrl-L arrive as keys; call `suspend` and `redraw` for the last two. Stop
/// signals sent by others are in `SignalWatch.pending`.
package final class TerminalSession {
    /// What the screen can show.
    package let capabilities: ScreenCapabilities

    private let scheme: ColorScheme
    private var drawn: CellGrid?
    private var isOpen = true
    private var decoder: InputDecoder
    /// What has come and was not asked for yet.
    private var inputs: [TerminalInput] = []
    private let clock = ContinuousClock()
    /// When the newest input came.
    private var newest: ContinuousClock.Instant
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// Takes over the terminal on standard input and output.
    ///
    /// Until `close`, text that the process writes to standard output or standard error is appended
    /// to `log`; its last 16 KiB are repeated on standard error afterwards, so nothing else should
    /// write to that file meanwhile.
    ///
    /// - Parameter log: a file, created if there is none; nil keeps the text in a temporary one.
    /// - Throws: `TerminalError`, with the terminal untouched.
    package init(log: URL? = nil) throws(TerminalError) {
        let environment = TerminalEnvironment.current
        try Self.checkTerminal(environment)
        try Self.start(environment, log: log)
        let colorCount = Int(screen_colors())
        scheme = ColorScheme(colorCount: colorCount)
        for (index, color) in scheme.foregrounds.enumerated() {
            screen_define_pair(Int32(index + 1), color)
        }
        let isUTF8 = screen_is_utf8() != 0
        capabilities = environment.capabilities(isUTF8: isUTF8, colorCount: colorCount)
        let sequences = KeySequences { screen_key_sequence($0).map { String(cString: $0) } }
        decoder = InputDecoder(sequences, isUTF8: isUTF8)
        newest = clock.now
    }

    deinit {
        close()
    }

    /// The size of the screen in cells, as of the last `nextInput`.
    package var size: (rows: Int, columns: Int) {
        (Int(screen_rows()), Int(screen_columns()))
    }

    /// Shows `grid`: sends only the cells that differ from the grid drawn before.
    package func draw(_ grid: CellGrid) {
        guard isOpen else { return }
        if let drawn, drawn.rows == grid.rows, drawn.columns == grid.columns {
            put(grid) { $0 != drawn.cells[$1] }
        } else {
            screen_clear()
            put(grid) { cell, _ in cell != .blank }
        }
        drawn = grid
        screen_flush()
    }

    /// Waits for the user, a minute at most.
    ///
    /// Returns early with `.timeout` once a stop signal is pending. On a closed session it sleeps
    /// for the whole time, so that a loop around it does not spin.
    package func nextInput(timeout: Duration) -> TerminalInput {
        let deadline = clock.now + min(max(.zero, timeout), .seconds(60))
        while inputs.isEmpty {
            guard isOpen else {
                usleep(UInt32(max(0, (deadline - clock.now) / .microseconds(1))))
                return .hangUp
            }
            let limit = decoder.patience.map { newest + $0 }
            let event = wait(until: min(deadline, limit ?? deadline))
            if let input = answer(to: event) { return input }
            if event.kind == Int32(SCREEN_INPUT) { continue }
            if let limit, clock.now >= limit {
                inputs += TerminalInput.inputs(decoder.expire())
            } else if clock.now >= deadline || SignalWatch.pending != nil {
                return .timeout
            }
        }
        return inputs.removeFirst()
    }

    /// Stops the whole job as Ctrl-Z does in a shell, and repaints the screen when it goes on.
    ///
    /// Where no shell could continue the job, it is not stopped.
    package func suspend() {
        stopProcess(wholeJob: true)
    }

    /// Repaints the whole screen, also where something else has written on it.
    package func redraw() {
        guard isOpen else { return }
        screen_repaint()
    }

    /// Gives the terminal back; a second call does nothing.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        screen_stop()
    }
}

extension TerminalSession {
    private static func checkTerminal(_ environment: TerminalEnvironment) throws(TerminalError) {
        guard isatty(STDIN_FILENO) != 0 else { throw .notATerminal(stream: "standard input") }
        guard isatty(STDOUT_FILENO) != 0 else { throw .notATerminal(stream: "standard output") }
        guard let type = environment.type else { throw .terminalTypeMissing }
        guard type != "dumb" else { throw .terminalTypeUnusable(type) }
    }

    private static func start(
        _ environment: TerminalEnvironment, log: URL?
    ) throws(TerminalError) {
        let result = screen_start(
            environment.refusesColor ? 0 : 1, log?.path)
        let reason = errno
        switch Int(result) {
        case Int(SCREEN_STARTED): return
        case Int(SCREEN_ALREADY_STARTED): throw .alreadyOpen
        case Int(SCREEN_OUT_OF_DESCRIPTORS): throw .outOfDescriptors
        case Int(SCREEN_LOG_UNAVAILABLE):
            throw .logUnavailable(path: log?.path ?? "", reason: String(cString: strerror(reason)))
        default: throw .terminalTypeUnusable(environment.type ?? "")
        }
    }

    private func wait(until moment: ContinuousClock.Instant) -> screen_event {
        let milliseconds = max(0, (moment - clock.now) / .milliseconds(1)).rounded(.up)
        return buffer.withUnsafeMutableBufferPointer {
            screen_next(Int32(milliseconds), $0.baseAddress, Int32($0.count))
        }
    }

    /// Takes input in; what else has happened is dealt with and returned.
    private func answer(to event: screen_event) -> TerminalInput? {
        switch Int(event.kind) {
        case Int(SCREEN_INPUT):
            newest = clock.now
            inputs += TerminalInput.inputs(decoder.take(buffer.prefix(Int(event.count))))
            return nil
        case Int(SCREEN_RESIZE): drawn = nil
        case Int(SCREEN_RESUMED): screen_repaint()
        case Int(SCREEN_SUSPEND): stopProcess(wholeJob: false)
        case Int(SCREEN_HANG_UP):
            close()
            return .hangUp
        default: return nil
        }
        return .resize
    }

    private func put(_ grid: CellGrid, where isWanted: (Cell, Int) -> Bool) {
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let index = row * grid.columns + column
                let cell = grid.cells[index]
                guard isWanted(cell, index) else { continue }
                let appearance = scheme.appearance(of: cell.style)
                screen_put(
                    Int32(row), Int32(column), cell.scalar.value, appearance.attributes,
                    appearance.pair)
            }
        }
    }

    private func stopProcess(wholeJob: Bool) {
        guard isOpen else { return }
        screen_suspend(wholeJob ? 1 : 0)
    }
}
