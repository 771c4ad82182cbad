import Dashboard
import Foundation
import RunEvents
import Terminal

/// The dashboard on the terminal: reads keys, takes in events, draws at most ten times a second.
struct LiveScreen {
    /// Where events come from and what can be done about them.
    struct Source {
        /// What has become known since the last call.
        var drain: () throws -> [DashboardInput]
        /// Passes a command to the trainer.
        var command: (RunCommand, String?) -> Void
        /// Asks the trainer to stop.
        var stop: (StopToken.Request) -> Void
        /// True when no trainer works any more.
        var isOver: () -> Bool
        /// Writes what was recorded to a file and returns its path.
        var export: () throws -> String
    }

    private let session: TerminalSession
    private let source: Source
    private let verdicts = VerdictMaker()
    private var model: DashboardModel
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastDraw = -1.0
    private var leaves = false
    /// The user has asked for the end of the run, and so of the screen.
    private var leavesWhenOver = false

    private static let frameInterval = 0.1
    private static let inputTimeout = Duration.milliseconds(50)

    init(_ session: TerminalSession, source: Source, isReadOnly: Bool) {
        self.session = session
        self.source = source
        start = clock.now
        model = DashboardModel(
            rows: session.size.rows, columns: session.size.columns,
            capabilities: session.capabilities, isReadOnly: isReadOnly)
    }

    /// Takes in what the run has said before it goes on.
    mutating func take(_ state: RunState) { handle(model.update(.state(state))) }

    /// Shows the run until the user leaves.
    ///
    /// - Returns: The signal that ended it, if one did.
    /// - Throws: What `source` throws.
    mutating func run() throws -> StopSignal? {
        defer { session.close() }
        while !leaves && !(leavesWhenOver && source.isOver()) {
            try takeEvents()
            handle(model.update(.tick(seconds: seconds)))
            drawIfDue()
            if waitForInput() == .hangUp { return try endQuietly() }
            if SignalWatch.pending != nil { return try endQuietly() }
        }
        return nil
    }

    private mutating func takeEvents() throws {
        for input in try source.drain() { handle(model.update(input)) }
        if let reading = verdicts.take() { handle(model.update(.verdict(reading))) }
    }

    private var seconds: Double { (clock.now - start) / .seconds(1) }

    private mutating func drawIfDue() {
        if seconds - lastDraw >= Self.frameInterval { draw() }
    }

    private mutating func draw() {
        guard model.isDirty else { return }
        lastDraw = seconds
        session.draw(model.view())
        model.markDrawn()
    }

    private mutating func waitForInput() -> TerminalInput {
        let input = session.nextInput(timeout: Self.inputTimeout)
        switch input {
        case .keys(let keys): take(.keys(keys))
        case .paste(let text): take(.paste(text))
        case .pasteWithoutEnd: take(.message("a paste has begun and does not end; Ctrl-C ends it"))
        case .resize:
            handle(model.update(.resize(rows: session.size.rows, columns: session.size.columns)))
        case .timeout, .hangUp: break
        }
        return input
    }

    /// Passes on what the user did, with the time at which it was done, and shows at once what it
    /// has changed.
    private mutating func take(_ input: DashboardInput) {
        handle(model.update(.tick(seconds: seconds)))
        handle(model.update(input))
        draw()
    }

    /// The terminal or its user is gone: checkpoint, stop, no more screen.
    private func endQuietly() throws -> StopSignal? {
        session.close()
        source.stop(.afterStep)
        while !source.isOver() { Thread.sleep(forTimeInterval: 0.05) }
        return SignalWatch.pending ?? .hangUp
    }

    private mutating func handle(_ effects: [DashboardEffect]) {
        for effect in effects {
            switch effect {
            case .command(let command, let arm): source.command(command, arm)
            case .quit(let choice): quit(choice)
            case .suspend: session.suspend()
            case .redraw: session.redraw()
            case .judge(let runs, let question): verdicts.begin(runs, question)
            case .export: export()
            }
        }
    }

    private mutating func quit(_ choice: QuitChoice) {
        switch choice {
        case .leave: leaves = true
        case .stopAfterCheckpoint:
            source.command(.quit, nil)
            leavesWhenOver = true
        case .kill:
            source.stop(.abandon)
            leaves = true
        }
    }

    private mutating func export() {
        let text: String
        do { text = "exported to \(try source.export())" } catch { text = "\(error)" }
        handle(model.update(.message(text)))
    }
}
