import Foundation
import RunEvents
import RunStore
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    /// The process's surroundings are not what they usually are.
    @Suite struct SurroundingsTests {
        @Test(
            "messages that nobody can read end no run",
            arguments: [
                "2>/dev/full", "2>&-", "2> >(exec 0<&-; sleep 1)", "2> >(head -n 1 >/dev/null)",
            ])
        func standardError(redirection: String) throws {
            try ProgramFolder.with { folder in
                let result = try folder.shell("lethe run small --headless --out r " + redirection)
                #expect(result.status == 0)
                #expect(csvRecords(result.output).count > 20)
                #expect(try history(folder).outcome == .completed)
            }
        }

        @Test(
            "a closed stream takes no file's place, and closed rows are told",
            arguments: [(">&-", true), (">&- <&-", true), ("<&-", false), (">&- <&- 2>&-", false)])
        func closedStreams(redirection: String, isTold: Bool) throws {
            try ProgramFolder.with { folder in
                let result = try folder.shell("lethe run small --headless --out r " + redirection)
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.errors.contains("closed by its reader") == isTold)
                #expect(try history(folder).outcome == .completed)
                let lock = try folder.text("r/lock").trimmingCharacters(in: .newlines)
                #expect(Int(lock) != nil, "\(lock)")
            }
        }

        @Test(
            "results that cannot be written are an error of one line",
            arguments: [
                "--help", "--version", "run --help", "data list", "model list", "export r",
                "export r --format svg",
                "generate --model ../datasets/base/small --prompt x --max-tokens 2",
                "eval --quiet --model ../datasets/base/small --tasks facts", "doctor",
            ])
        func fullOutput(arguments: String) throws {
            try ProgramFolder.with { folder in
                #expect(try folder.shell("lethe run small --quiet --headless --out r").status == 0)
                for (target, reason) in [("/dev/full", "No space left"), ("&-", "Bad file desc")] {
                    let result = try folder.shell("lethe \(arguments) >\(target)")
                    #expect(result.status == 1)
                    let message = "lethe: standard output: cannot write: " + reason
                    #expect(result.errors.hasPrefix(message), "\(result.errors)")
                    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
                }
            }
        }

        @Test("a reader who goes away ends an export as SIGPIPE does, and a run not at all")
        func gone() throws {
            try ProgramFolder.with { folder in
                let run = "lethe run small --headless --quiet --out r | head -n 1"
                let result = try folder.shell(run + "; echo ${PIPESTATUS[0]}")
                #expect(result.output.hasSuffix("\n0\n"), "\(result.output)")
                let export = try folder.shell(
                    "lethe export r > >(exec 0<&-; sleep 1); sleep 0.2; true")
                #expect(export.status == 0)
                let late = try folder.shell("(sleep 0.5; lethe export r; echo $? >code) | true")
                #expect(late.status == 0 && late.errors.isEmpty)
                #expect(try folder.text("code") == "141\n")
            }
        }

        @Test("a limit of file sizes is an error, not the end of the process")
        func fileSizeLimit() throws {
            try ProgramFolder.with { folder in
                let result = try folder.shell(
                    "ulimit -f 8; lethe run small --headless --out r >/dev/null")
                #expect(result.status == 1, "\(result.errors)")
                #expect(result.errors.contains("File too large"), "\(result.errors)")
                #expect(try history(folder).outcome != .completed)
            }
        }

        private func history(_ folder: ProgramFolder) throws -> RunHistory {
            try RunHistory.read(RunFolder.open(folder.url.appending(path: "r")))
        }
    }
}
