import Foundation
import RunStore
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct HeadlessTests {
        @Test("standard output holds the table and nothing else", arguments: [true, false])
        func rows(isAsked: Bool) throws {
            try ProgramFolder.with { folder in
                let arguments = ["run", "small", "--out", "r"] + (isAsked ? ["--headless"] : [])
                let result = try LetheResult(
                    arguments, in: folder.url,
                    environment: folder.environment + ["NO_COLOR=1", "TERM=dumb"])
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.output == (try folder.text("r/metrics.csv")))
                let lines = result.output.split(separator: "\n")
                #expect(lines.first.map(String.init) == TableSchema.current.header)
                #expect(lines.count { $0.hasPrefix("schema,") } == 1)
                #expect(csvRecords(result.output).allSatisfy { $0.count == 17 })
                #expect(!result.output.contains("\u{1B}"))
                #expect(result.errors.hasPrefix("lethe: run r: full, lora\n"))
                #expect(result.errors.hasSuffix("lethe: finished: \(folder.path("r"))\n"))
                #expect(try folder.run("export", "r").output == result.output)
            }
        }

        @Test("the embedded study runs from any folder")
        func embeddedStudy() throws {
            try withFastFolder { folder in
                let result = try LetheResult(
                    [
                        "run", "code", "--headless", "--quiet", "--steps", "12",
                        "--set", "train.batch_size=4", "--set", "train.sequence_length=64",
                        "--set", "evaluate.every=4", "--set", "evaluate.limit=8",
                        "--set", "evaluate.generate_limit=2",
                        "--set", "arms.full.learning_rate=1e-3",
                        "--set", "arms.lora-r8.learning_rate=5e-3",
                    ], in: folder, environment: ["XDG_CACHE_HOME=\(folder.path)"])
                #expect(result.status == 0, "\(result.errors)")
                let rows = csvRecords(result.output)
                for arm in ["full", "lora-r8"] {
                    let steps = rows.filter { $0[2] == arm && $0[11] == "retained_accuracy" }
                    #expect(steps.map { $0[6] } == ["0", "1", "2", "4", "8", "12"])
                    #expect(rows.count { $0[2] == arm && $0[11] == "gradient_norm" } == 12)
                }
                let forgetting = rows.filter { $0[11] == "forgetting" && $0[6] == "0" }
                #expect(forgetting.map { $0[12] } == ["0.0", "0.0"])
                let runs = try FileManager.default.contentsOfDirectory(
                    atPath: folder.appending(path: "runs").path)
                #expect(runs.count == 1 && runs[0].hasPrefix("code-"))
                #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
            }
        }

        @Test(
            "a reader that goes away ends the rows and not the run", arguments: ["head -3", "true"])
        func closedPipe(reader: String) throws {
            try ProgramFolder.with { folder in
                let result = try folder.shell(
                    "lethe run small --headless --out r | \(reader); exit ${PIPESTATUS[0]}")
                #expect(result.status == 0, "\(result.errors)")
                let message = "standard output was closed by its reader"
                #expect(result.errors.components(separatedBy: message).count == 2)
                #expect(result.errors.hasSuffix("lethe: finished: \(folder.path("r"))\n"))
                let rows = csvRecords(try folder.text("r/metrics.csv"))
                #expect(rows.contains { $0[2] == "lora" && $0[6] == "8" && $0[12] == "" })
            }
        }

        @Test("standard output that cannot be written is an error before anything trains")
        func fullDisk() throws {
            try ProgramFolder.with { folder in
                let result = try folder.run(
                    "run", "small", "--headless", "--out", "r", output: "/dev/full")
                #expect(result.status == 1)
                #expect(result.errors.contains("standard output: cannot write: No space left"))
                let again = try folder.run("run", "small", "--headless", "--out", "r")
                #expect(again.status == 0, "the folder is still free: \(again.errors)")
                #expect(again.output == (try folder.text("r/metrics.csv")))
            }
        }

        @Test("options change the study, which is stored with the run")
        func options() throws {
            try ProgramFolder.with { folder in
                let result = try folder.run(
                    "run", "small", "--headless", "--out", "r", "--steps", "5", "--seed", "7",
                    "--arms", "lora", "--set", "arms.lora.rank=3", "--set", "evaluate.every=5")
                #expect(result.status == 0, "\(result.errors)")
                let table = csvRecords(result.output).dropFirst()
                let rows = table.filter { !$0[2].isEmpty }
                #expect(
                    table.filter { $0[2].isEmpty }.allSatisfy {
                        ["event", "verdict"].contains($0[9])
                    })
                #expect(Set(rows.map { $0[2] }) == ["lora"])
                #expect(Set(rows.map { $0[4] }) == ["3"])
                #expect(Set(rows.map { $0[5] }) == ["7"])
                #expect(rows.compactMap { Int($0[6]) }.max() == 5)
                let study = try folder.text("r/study.yaml")
                #expect(study.contains("seeds: [7]") && study.contains("rank: 3"))
            }
        }

        @Test("exports are the table, a summary and a picture")
        func exports() throws {
            try ProgramFolder.with { folder in
                _ = try folder.run("run", "small", "--quiet", "--out", "r")
                let table = try folder.run("export", "r", "--format", "csv")
                #expect(table.output == (try folder.text("r/metrics.csv")))
                let old = try folder.run("export", "r", "--schema", "1")
                #expect(old.output.hasPrefix(TableSchema.first.header + "\n1,"))
                #expect(old.output.contains(",exact_match,0.0,n=1 stderr=nan\n"))
                let rows = csvRecords(table.output)
                #expect(csvRecords(old.output).count == rows.count { $0[9] != "verdict" })
                #expect(rows.last?[9] == "verdict")
                let unknown = try folder.run("export", "r", "--schema", "3")
                #expect(unknown.status == 64 && unknown.errors.contains("--schema"))
                let senseless = try folder.run("export", "r", "--schema", "1", "--format", "svg")
                #expect(senseless.status == 64 && senseless.errors.contains("use --format csv"))
                let summary = try folder.run("export", "r", "--format", "json")
                #expect(summary.output.contains("\"schemaVersion\""))
                let picture = try folder.run("export", "r", "--format", "svg")
                #expect(picture.output.contains("<svg") && picture.output.contains("</svg>"))
            }
        }

        @Test("the base's scores are kept for later runs, unless they are asked for anew")
        func keptScores() throws {
            try ProgramFolder.with { folder in
                let first = try folder.run("run", "small", "--quiet", "--out", "a")
                #expect(try !folder.text("a/log.txt").contains("earlier run"))
                let second = try folder.run("run", "small", "--quiet", "--out", "b")
                #expect(try folder.text("b/log.txt").contains("are those of an earlier run"))
                let third = try folder.run("run", "small", "--quiet", "--fresh", "--out", "c")
                #expect(try !folder.text("c/log.txt").contains("earlier run"))
                #expect(comparable(first.output) == comparable(second.output))
                #expect(comparable(first.output) == comparable(third.output))
                let caches = folder.url.appending(path: "cache/lethe/base-scores")
                let names = try FileManager.default.contentsOfDirectory(atPath: caches.path)
                #expect(names.count == 1 && names[0].hasSuffix(".scores"))
            }
        }

        @Test("the same study twice gives the same table")
        func repeats() throws {
            try ProgramFolder.with { folder in
                let first = try folder.run("run", "small", "--quiet", "--out", "a")
                let second = try folder.run("run", "small", "--quiet", "--out", "b")
                #expect(comparable(first.output) == comparable(second.output))
                #expect(comparable(first.output).count > 60)
            }
        }
    }
}
