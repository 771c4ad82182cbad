import Foundation
import TestSupport
import Testing

/// A shell in a terminal emulator (tmux on a socket of its own) that runs `TerminalProbe`.
struct TmuxScreen {
    /// Where the probe and the shell leave their files.
    let folder: URL
    private let socket: String

    /// False where tmux is not installed; then there is nothing to test with.
    static let isAvailable = (try? run(["tmux", "-V"]).status) == 0

    /// The probe, which is built beside the tests.
    static let probe = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "TerminalProbe").path

    /// Starts a shell and passes it on; ends all that is left of it afterwards.
    static func with(
        columns: Int = 80, rows: Int = 24, _ body: (TmuxScreen) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            let screen = TmuxScreen(folder: folder, socket: folder.appending(path: "tmux").path)
            defer { _ = try? screen.tmux("kill-server") }
            try screen.tmux(
                "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
                "-c", folder.path, "PS1='$ ' exec bash --norc --noprofile -i")
            try body(screen)
        }
    }

    /// Runs the probe in the shell until it has drawn, or has ended.
    ///
    /// - Parameters:
    ///   - environment: options and assignments for `env`.
    ///   - preparation: shell commands that come first.
    ///   - epilogue: shell commands that come after it.
    /// - Throws: `Timeout`, and what the file system reports.
    func start(
        _ environment: String = "TERM=tmux-256color", preparation: String = "",
        epilogue: String = ""
    ) throws {
        try """
        \(preparation)
        modes() { stty -a | sed 's/rows.*columns [0-9]*;//'; }
        modes > before.txt
        export LC_ALL=C.UTF-8 SWIFT_BACKTRACE=enable=no
        unset NO_COLOR
        env \(environment) bash -c 'echo $$ > pid.txt; exec \(Self.probe) .'
        echo "$?" > status.tmp
        modes > after.txt
        mv status.tmp status.txt
        \(epilogue)
        """.write(to: folder.appending(path: "run.sh"), atomically: true, encoding: .utf8)
        try send("clear; bash run.sh", "Enter")
        try wait("the probe to draw") { text("grid.txt") != nil || text("status.txt") != nil }
    }

    /// The exit status of the probe, as the shell saw it.
    func waitForStatus() throws -> Int32? {
        try wait("the probe to end") { text("status.txt") != nil }
        return text("status.txt").flatMap { Int32($0) }
    }

    /// The process that runs the probe.
    var processIdentifier: pid_t? { text("pid.txt").flatMap { pid_t($0) } }

    /// A file of the folder without the line end at its end, or nil where there is none.
    func text(_ name: String) -> String? {
        guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// Types keys by their tmux names.
    func send(_ keys: String...) throws {
        try tmux(["send-keys"] + keys)
    }

    /// Pastes text; with `isMarked` as terminals do where the program has asked for marks.
    func paste(_ text: String, isMarked: Bool) throws {
        try text.write(
            to: folder.appending(path: "paste.txt"), atomically: true, encoding: .utf8)
        try tmux("load-buffer", folder.appending(path: "paste.txt").path)
        try tmux(["paste-buffer", "-r"] + (isMarked ? ["-p"] : []))
    }

    func resize(columns: Int, rows: Int) throws {
        try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    /// What the terminal shows, with the blanks at the line ends removed; with `history`, also what
    /// has scrolled out.
    func shown(history: Bool = false, colors: Bool = false) throws -> String {
        let options = (history ? ["-S", "-500"] : []) + (colors ? ["-e"] : [])
        let lines = try tmux(["capture-pane", "-p"] + options)
            .split(separator: "\n", omittingEmptySubsequences: false)
        return lines.dropLast().map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    /// Alternate screen, visible cursor and application keypad: "1 0 1" while the probe has the
    /// screen, "0 1 0" in a shell.
    func flags() throws -> String {
        try String(
            tmux("display", "-p", "#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}")
                .dropLast())
    }

    /// The device file of the terminal.
    func terminalPath() throws -> String {
        try String(tmux("display", "-p", "#{pane_tty}").dropLast())
    }

    /// Waits until the terminal shows the grid that the probe drew last, and then reports any
    /// difference.
    func expectGridShown(sourceLocation: SourceLocation = #_sourceLocation) throws {
        _ = try? wait("the grid") { try shown() == text("grid.txt") }
        try #expect(shown() == text("grid.txt"), sourceLocation: sourceLocation)
    }

    func wait(_ what: String, seconds: Double = 5, until condition: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if try condition() { return }
            usleep(10_000)
        }
        throw Timeout(description: "waited \(seconds) s for \(what); the screen: \(try shown())")
    }

    @discardableResult
    func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        try Self.run(["tmux", "-u", "-S", socket] + arguments).output
    }

    /// Runs a command to its end; its standard error is part of the output.
    static func run(_ arguments: [String]) throws -> (status: Int32?, output: String) {
        let output = FileManager.default.temporaryDirectory
            .appending(path: "lethe-test-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: output) }
        let child = try ChildProcess(["env", "LC_ALL=C.UTF-8"] + arguments, output: output)
        return (child.status(wait: true), child.output)
    }

    struct Timeout: Error, CustomStringConvertible {
        let description: String
    }
}
