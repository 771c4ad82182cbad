import Foundation
import Testing

/// Pasting into a real session in tmux.
@Suite(
    .serialized, .enabled(if: TmuxScreen.isAvailable, "tmux is not installed"))
struct TerminalPasteTests {
    @Test("text between marks is text, on every terminal that knows them")
    func marksAreAskedFor() throws {
        for type in ["tmux-256color", "xterm-256color", "xterm", "screen", "linux", "vt100"] {
            try TmuxScreen.with { screen in
                try screen.start("TERM=\(type)")
                try screen.paste("quick brown fox\n", isMarked: true)
                try screen.wait("\(type)") { try screen.shown().contains("paste 16 1") }
                try screen.send("x")
                try screen.wait("the key") { try screen.shown().contains("character(\"x\") 2") }
                try screen.expectGridShown()
            }
        }
    }

    @Test("ten thousand characters are one text and do not hold up the screen")
    func longText() throws {
        try TmuxScreen.with { screen in
            try screen.start()
            let text = String(repeating: "The quick brown fox. ", count: 500)
            try screen.paste(text, isMarked: true)
            try screen.wait("the paste", seconds: 2) {
                try screen.shown().contains("paste 10500 1")
            }
        }
    }

    @Test("reports that nobody asked for are no keys")
    func reports() throws {
        try TmuxScreen.with { screen in
            try screen.start()
            for report in ["\u{1B}[<0;33;21M", "\u{1B}[M PS", "\u{1B}[I", "\u{1B}[12;80R"] {
                try screen.paste(report, isMarked: false)
            }
            try screen.send("M-P")
            try screen.wait("the chord") { try screen.shown().contains("escape 1") }
            try screen.send("x")
            try screen.wait("the key") { try screen.shown().contains("character(\"x\")") }
            #expect(try screen.shown().contains("character(\"x\") 2"))
        }
    }

    @Test(
        "no marks are left behind, however the process ends",
        arguments: ["q", "e", "t", "f", "a", "s", "o", "TERM", "INT", "HUP", "SEGV", "QUIT"])
    func marksAreSwitchedOff(ending: String) throws {
        try TmuxScreen.with { screen in
            try screen.start(epilogue: "touch ended.txt; cat -v > pasted.txt")
            if ending.count == 1 {
                try screen.send(ending)
            } else {
                let process = try #require(screen.processIdentifier)
                _ = try TmuxScreen.run(["kill", "-\(ending)", "\(process)"])
            }
            try screen.wait("the end") { screen.text("ended.txt") != nil }
            try screen.paste("after\n", isMarked: true)
            try screen.send("C-d")
            try screen.wait("the text") { screen.text("pasted.txt")?.contains("after") == true }
            #expect(screen.text("pasted.txt") == "after")
        }
    }

    @Test("no marks while the process is stopped, marks again when it goes on")
    func marksAcrossASuspension() throws {
        try TmuxScreen.with { screen in
            try screen.send("bind 'set enable-bracketed-paste off'", "Enter")
            try screen.start()
            try screen.send("C-z")
            try screen.wait("the shell") { try screen.shown().contains("Stopped") }
            try screen.send("cat -v > pasted.txt", "Enter")
            try screen.wait("cat") { screen.text("pasted.txt") != nil }
            try screen.paste("between\n", isMarked: true)
            try screen.send("C-d")
            try screen.wait("the text") { screen.text("pasted.txt")?.contains("between") == true }
            #expect(screen.text("pasted.txt") == "between")
            try screen.send("fg", "Enter")
            try screen.wait("the screen") { try screen.flags() == "1 0 1" }
            try screen.paste("after", isMarked: true)
            try screen.wait("the paste") { try screen.shown().contains("paste 5") }
        }
    }
}
