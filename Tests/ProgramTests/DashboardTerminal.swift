import Foundation
import TestSupport

/// A terminal (tmux on a socket of its own) with a shell that runs the program.
struct DashboardTerminal {
    let folder: ProgramFolder
    private let socket: String

    /// False where tmux is not installed; then there is nothing to test with.
    static let isAvailable = (try? run(["tmux", "-V"]).status) == 0

    /// Starts a terminal and passes it on; ends all that is left of it afterwards.
    static func with(
        columns: Int, rows: Int, _ body: (DashboardTerminal) throws -> Void
    ) throws {
        try ProgramFolder.with { folder in
            let terminal = DashboardTerminal(folder: folder, socket: folder.path("tmux"))
            defer { _ = try? terminal.tmux("kill-server") }
            try terminal.tmux(
                "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
                "-c", folder.url.path, "PS1='$ ' exec bash --norc --noprofile -i")
            try terminal.tmux("set", "-g", "status", "off")
            try body(terminal)
        }
    }

    /// Runs the program in the shell; `status.txt` tells its exit status when it has ended.
    func start(_ arguments: String) throws {
        try """
        export LC_ALL=C.UTF-8 SWIFT_BACKTRACE=enable=no TERM=tmux-256color
        export \(folder.environment.joined(separator: " "))
        unset NO_COLOR
        modes() { stty -a | sed 's/rows.*columns [0-9]*;//'; }
        modes > before.txt
        '\(LetheProcess.executable)' \(arguments)
        echo "$?" > status.tmp
        modes > after.txt
        mv status.tmp status.txt
        """.write(to: folder.url.appending(path: "run.sh"), atomically: true, encoding: .utf8)
        try send("clear; bash run.sh", "Enter")
    }

    /// The exit status of the program, as the shell saw it.
    func waitForStatus() throws -> Int? {
        try wait("the end") { FileManager.default.fileExists(atPath: folder.path("status.txt")) }
        return Int(try folder.text("status.txt").trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Takes the terminal away, as a closed window or a lost connection does.
    func hangUp() throws { try tmux("kill-server") }

    /// Types keys by their tmux names.
    func send(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

    /// Pastes text; with `isMarked` as terminals do where the program has asked for marks.
    func paste(_ text: String, isMarked: Bool) throws {
        let file = folder.url.appending(path: "paste.txt")
        try text.write(to: file, atomically: true, encoding: .utf8)
        try tmux("load-buffer", file.path)
        try tmux(["paste-buffer", "-r"] + (isMarked ? ["-p"] : []))
    }

    /// What the terminal shows.
    func shown() throws -> String { try tmux("capture-pane", "-p") }

    /// Alternate screen and visible cursor: "1 0" while the program has the screen, "0 1" in a shell.
    func flags() throws -> String {
        try tmux("display", "-p", "#{alternate_on} #{cursor_flag}")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func waitToShow(_ texts: String...) throws {
        try wait("\(texts) on the screen") {
            let shown = try shown()
            return texts.allSatisfy(shown.contains)
        }
    }

    func wait(_ what: String, seconds: Double = 20, until condition: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if try condition() { return }
            usleep(20_000)
        }
        throw Timeout(description: "waited \(seconds) s for \(what); the screen:\n\(try shown())")
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        try Self.run(["tmux", "-u", "-S", socket] + arguments).output
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        try withTemporaryFolder { folder in
            let child = try LetheProcess(
                command: ["env", "LC_ALL=C.UTF-8"] + arguments, in: folder)
            return (child.wait(), child.output)
        }
    }

    struct Timeout: Error, CustomStringConvertible {
        let description: String
    }
}
