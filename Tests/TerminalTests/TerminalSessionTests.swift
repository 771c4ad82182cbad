import Foundation
import Testing

/// Runs a real session in tmux: what was drawn is what the emulator shows.
@Suite(
    .serialized, .enabled(if: TmuxScreen.isAvailable, "tmux is not installed"))
struct TerminalSessionTests {
    @Test(
        "the screen is the grid, whatever the terminal and the locale",
        arguments: [
            ("TERM=tmux-256color", "braille true"), ("TERM=xterm-256color", "braille true"),
            ("TERM=xterm", "braille true"), ("TERM=linux", "block true"),
            ("TERM=vt100", "braille false"), ("TERM=xterm LC_ALL=C", "ascii true"),
            ("-u LC_ALL TERM=xterm LANG=xx_XX.UTF-8", "braille true"),
            ("TERM=xterm-256color LINES=10 COLUMNS=20", "braille true"),
        ])
    func drawsOnEveryTerminal(environment: String, capabilities: String) throws {
        try TmuxScreen.with { screen in
            try screen.start(environment)
            try screen.expectGridShown()
            #expect(screen.text("capabilities.txt") == capabilities)
            try screen.send("x")
            try screen.wait("the key") { try screen.shown().contains("character(\"x\") 1") }
            try screen.expectGridShown()
            try screen.send("q")
            #expect(try screen.waitForStatus() == 0)
            #expect(screen.text("after.txt") == screen.text("before.txt"))
        }
    }

    @Test("colours are shown, but not under NO_COLOR")
    func honoursNoColor() throws {
        for (environment, hasColor) in [("NO_COLOR=", true), ("NO_COLOR=1", false)] {
            try TmuxScreen.with { screen in
                try screen.start("TERM=tmux-256color \(environment)")
                try screen.expectGridShown()
                let colors = try screen.shown(colors: true)
                #expect(colors.contains("\u{1b}[38;5;33m") == hasColor)
                #expect(colors.contains("38;5;") == hasColor)
                #expect(colors.contains("\u{1b}[1m"), "bold is no colour")
                #expect(!colors.contains("48;5;"), "the background is left alone")
            }
        }
    }

    @Test("keys are named")
    func namesKeys() throws {
        let keys = [
            ("Up", "up"), ("S-Left", "shiftLeft"), ("BTab", "backTab"), ("F5", "function(5)"),
            ("PPage", "pageUp"), ("Escape", "escape"), ("C-c", "control(\"c\")"),
            ("C-s", "control(\"s\")"), ("BSpace", "backspace"), ("DC", "delete"),
            ("Enter", "enter"), ("Home", "home"), ("é", "character(\"\\u{00E9}\")"),
        ]
        try TmuxScreen.with { screen in
            try screen.start()
            for (number, key) in keys.enumerated() {
                try screen.send(key.0)
                try screen.wait("\(key.0)") {
                    try screen.shown().contains("\(key.1) \(number + 1)")
                }
            }
            try screen.expectGridShown()
        }
    }

    @Test("a storm of resizes ends in the screen of a cold start")
    func survivesResizes() throws {
        var afterStorm = ""
        try TmuxScreen.with { screen in
            try screen.start()
            for step in 0..<30 {
                try screen.resize(columns: 40 + step * 7 % 90, rows: 8 + step * 5 % 30)
            }
            try screen.resize(columns: 100, rows: 30)
            try screen.wait("the last size") { try screen.shown().contains("30x100") }
            try screen.expectGridShown()
            afterStorm = try screen.shown()
            try screen.send("C-l")
            try screen.wait("the key") { try screen.shown().contains("control(\"l\")") }
            try screen.expectGridShown()
        }
        try TmuxScreen.with(columns: 100, rows: 30) { screen in
            try screen.start()
            try screen.expectGridShown()
            #expect(try screen.shown() == afterStorm)
        }
    }

    @Test("what the process prints waits in the log until the screen is gone")
    func keepsNoiseAway() throws {
        try TmuxScreen.with { screen in
            try screen.start()
            try screen.send("p")
            try screen.wait("the key") { try screen.shown().contains("character(\"p\")") }
            try screen.expectGridShown()
            #expect(screen.text("log.txt")?.contains("noise on standard error") == true)
            try screen.send("q")
            #expect(try screen.waitForStatus() == 0)
            for stream in ["output", "error"] {
                #expect(try screen.shown().contains("noise on standard \(stream)"))
                #expect(screen.text("log.txt")?.contains("noise on standard \(stream)") == true)
            }
        }
    }

    @Test("Ctrl-L repairs what something else wrote on the screen")
    func repaints() throws {
        try TmuxScreen.with { screen in
            try screen.start()
            let terminal = try FileHandle(
                forWritingTo: URL(filePath: screen.terminalPath()))
            try terminal.write(contentsOf: Data("\u{1b}[5;5Hfrom elsewhere".utf8))
            try screen.wait("the writing") { try screen.shown().contains("from elsewhere") }
            try screen.send("C-l")
            try screen.expectGridShown()
            #expect(try screen.flags() == "1 0 1")
        }
    }

    @Test(
        "without a terminal that can show a screen, the reason is given",
        arguments: [
            ("TERM=dumb", "TERM is \"dumb\""), ("-u TERM", "TERM is not set"),
            ("TERM=nonsense", "TERM is \"nonsense\""),
        ])
    func refusesUnusableTerminals(environment: String, reason: String) throws {
        try TmuxScreen.with { screen in
            try screen.start(environment)
            #expect(try screen.waitForStatus() == 1)
            #expect(try screen.shown().contains("no screen: \(reason)"))
            #expect(screen.text("after.txt") == screen.text("before.txt"))
        }
    }

    @Test("a file or a pipe is no terminal")
    func refusesFiles() throws {
        let result = try TmuxScreen.run([TmuxScreen.probe, "/tmp"])
        #expect(result.status == 1)
        #expect(result.output == "no screen: standard input is not a terminal\n")
    }
}
