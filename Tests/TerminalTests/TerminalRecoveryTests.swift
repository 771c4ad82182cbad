import Foundation
import Testing

/// However the process ends, the terminal is as it was before.
@Suite(
    .serialized, .enabled(if: TmuxScreen.isAvailable, "tmux is not installed"))
struct TerminalRecoveryTests {
    private static let trap = 128 + fatalErrorSignal

    /// What a failed precondition raises.
    private static var fatalErrorSignal: Int32 {
        #if arch(x86_64)
        SIGILL
        #else
        SIGTRAP
        #endif
    }

    @Test(
        "after the end that a key asks for",
        arguments: [
            ("q", 0), ("e", 7), ("t", 8), ("f", trap), ("a", 128 + SIGABRT), ("s", 128 + SIGSEGV),
            ("o", 128 + SIGSEGV),
        ])
    func restoresAfterKey(key: String, status: Int32) throws {
        try TmuxScreen.with { screen in
            try screen.start()
            try screen.expectGridShown()
            #expect(try screen.flags() == "1 0 1")
            try screen.send(key)
            #expect(try screen.waitForStatus() == status)
            try expectRestored(screen)
        }
    }

    @Test(
        "after a signal",
        arguments: [SIGINT, SIGTERM, SIGHUP, SIGSEGV, SIGQUIT, SIGTRAP, SIGBUS])
    func restoresAfterSignal(signal: Int32) throws {
        try TmuxScreen.with { screen in
            try screen.start()
            try screen.expectGridShown()
            kill(try #require(screen.processIdentifier), signal)
            #expect(try screen.waitForStatus() == 128 + signal)
            try expectRestored(screen)
            if [SIGINT, SIGTERM, SIGHUP].contains(signal) {
                #expect(screen.text("end.txt") == "signal")
            }
        }
    }

    @Test("Swift's own backtrace appears, on the ordinary screen")
    func keepsBacktrace() throws {
        try TmuxScreen.with { screen in
            let options = "enable=yes,interactive=no,color=no,limit=3,symbolicate=off"
            try screen.start("TERM=tmux-256color SWIFT_BACKTRACE=\(options),threads=crashed")
            try screen.expectGridShown()
            try screen.send("f")
            #expect(try screen.waitForStatus() == Self.trap)
            let text = try screen.shown(history: true)
            #expect(text.contains("Fatal error: asked to fail"))
            #expect(text.contains("crashed"))
            try expectRestored(screen)
        }
    }

    @Test("Ctrl-Z gives the terminal to the shell and fg takes it back")
    func suspends() throws {
        try TmuxScreen.with { screen in
            try screen.start()
            try screen.send("C-z")
            try screen.wait("the shell") { try screen.shown().contains("Stopped") }
            #expect(try screen.flags() == "0 1 0")
            try screen.resize(columns: 70, rows: 20)
            try screen.send("fg", "Enter")
            try screen.wait("the new size") { try screen.shown().contains("20x70") }
            try screen.expectGridShown()
            #expect(try screen.flags() == "1 0 1")
            try screen.send("q")
            #expect(try screen.waitForStatus() == 0)
            try expectRestored(screen)
        }
    }

    @Test("a stop from outside, too", arguments: [SIGTSTP, SIGSTOP])
    func survivesForeignStop(signal: Int32) throws {
        try TmuxScreen.with { screen in
            try screen.start()
            try screen.expectGridShown()
            let process = try #require(screen.processIdentifier)
            kill(process, signal)
            try screen.wait("the stop") { state(of: process) == "T" }
            #expect(try screen.flags() == (signal == SIGTSTP ? "0 1 0" : "1 0 1"))
            kill(process, SIGCONT)
            try screen.wait("the screen") { try screen.flags() == "1 0 1" }
            try screen.expectGridShown()
            try screen.send("q")
            #expect(try screen.waitForStatus() == 0)
            try expectRestored(screen)
        }
    }

    @Test("when the terminal disappears the session ends and does not spin")
    func noticesHangUp() throws {
        try TmuxScreen.with { screen in
            try screen.start(preparation: "trap '' HUP")
            let process = try #require(screen.processIdentifier)
            try screen.tmux("kill-server")
            let deadline = ContinuousClock.now + .seconds(5)
            while kill(process, 0) == 0, ContinuousClock.now < deadline { usleep(10_000) }
            #expect(kill(process, 0) != 0, "the process is still there")
            #expect(screen.text("end.txt") == "hang-up")
        }
    }

    private func expectRestored(
        _ screen: TmuxScreen, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try screen.flags() == "0 1 0", sourceLocation: sourceLocation)
        #expect(
            screen.text("after.txt") == screen.text("before.txt"), sourceLocation: sourceLocation)
        #expect(
            screen.text("before.txt")?.contains("speed") == true, sourceLocation: sourceLocation)
    }

    /// The letter of the process's state in /proc: T for stopped.
    private func state(of process: pid_t) -> Character? {
        guard let data = try? Data(contentsOf: URL(filePath: "/proc/\(process)/stat")) else {
            return nil
        }
        let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last
        return fields?.first { $0 != " " }
    }
}
