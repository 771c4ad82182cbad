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
                #expect(try history(folder).state.outcome == .completed)
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
                #expect(try history(folder).state.outcome == .completed)
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
                #expect(try history(folder).state.outcome != .completed)
            }
        }

        @Test(
            "a terminal that goes away ends a run as asked, with a checkpoint",
            .enabled(if: DashboardTerminal.isAvailable), arguments: ["--headless > r.csv", ""])
        func hangUp(options: String) throws {
            try DashboardTerminal.with(columns: 100, rows: 30) { terminal in
                let folder = terminal.folder
                try terminal.start("run small --out r --set train.steps=100000 " + options)
                try terminal.wait("a step") {
                    (try? folder.text("r/metrics.csv"))?.contains("full,full,,0,9,") ?? false
                }
                try terminal.hangUp()
                #expect(LetheProcess.poll { (try? history(folder).state.outcome) == .interrupted })
                let saved = try history(folder).events().last {
                    if case .checkpointSaved = $0.event { true } else { false }
                }
                #expect(saved != nil)
            }
        }

        @Test(
            "a signal while a model is fetched leaves nothing half made",
            arguments: [SIGINT, SIGTERM])
        func halfFetched(signal: Int32) throws {
            try ProgramFolder.with { folder in
                let python = folder.url.appending(path: "bin/python3")
                try FileManager.default.createDirectory(
                    at: python.deletingLastPathComponent(), withIntermediateDirectories: true)
                try "#!/bin/sh\ncase $* in *--version) exit 0;; esac\nexec sleep 20\n".write(
                    to: python, atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: python.path)
                let models = folder.path("models")
                let process = try LetheProcess(
                    ["model", "get", "smollm2-135m"], in: folder.url,
                    environment: [
                        "LETHE_MODELS=\(models)", "PATH=\(folder.path("bin")):/usr/bin:/bin",
                    ])
                #expect(LetheProcess.poll { !names(models).isEmpty })
                process.send(signal)
                #expect(process.wait() == 128 + signal)
                #expect(names(models).isEmpty)
            }
        }

        @Test(
            "what is written where there is no room leaves nothing behind",
            arguments: [
                "model merge ../datasets/base/small --adapter a --out m", "data make --out m",
            ])
        func noRoom(arguments: String) throws {
            try ProgramFolder.with { folder in
                let run = "lethe run small --headless --quiet --out r --arms lora"
                #expect(try folder.shell(run + "; mv r/checkpoints/lora/step-8 a").status == 0)
                let before = Set(names(folder.url.path))
                let result = try folder.shell("ulimit -f 8; lethe " + arguments)
                #expect(result.status == 1)
                #expect(result.errors.contains("File too large; raise the limit of file sizes"))
                let left = Set(names(folder.url.path)).subtracting(before)
                #expect(left.allSatisfy { $0.hasPrefix("m") }, "\(left)")
                #expect(names(folder.path("m")).allSatisfy { !$0.hasPrefix(".") })
            }
        }

        private func names(_ path: String) -> [String] {
            (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        }

        private func history(_ folder: ProgramFolder) throws -> RecordedRun {
            try RecordedRun.read(RunFolder.open(folder.url.appending(path: "r")))
        }
    }
}
