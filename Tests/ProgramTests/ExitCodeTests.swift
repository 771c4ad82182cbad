import Foundation
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct ExitCodeTests {
        @Test(
            "a study that cannot be run ends with 1 and a line that says why",
            arguments: [
                (["--set", "train.stepz=3"], "train.stepz: unknown key; did you mean `steps`?"),
                (["--set", "train.steps=many"], "train.steps: is"),
                (["--set", "target.train=none.jsonl"], "target.train: no such file"),
                (["--set", "arms.lora.rank=17"], "rank 17 is larger than projection"),
                (["--set", "train.sequence_length=97"], "97 is beyond the context"),
                (["--set", "base=none/none"], "base: no such file"),
                (["--set", "base=none"], "no model none"),
                (["--arms", "none"], "none"),
            ])
        func problems(options: [String], message: String) throws {
            try ProgramFolder.with { folder in
                let result = try LetheResult(
                    ["run", "small", "--headless", "--out", "r"] + options, in: folder.url,
                    environment: folder.environment)
                #expect(result.status == 1)
                #expect(result.errors.contains(message), "\(result.errors)")
                #expect(result.errors.hasPrefix("lethe: "))
                #expect(result.output.isEmpty)
                #expect(!FileManager.default.fileExists(atPath: folder.path("r")))
                let again = try folder.run("run", "small", "--quiet", "--out", "r")
                #expect(again.status == 0, "the folder is still free: \(again.errors)")
            }
        }

        @Test("a folder of tasks that lacks a file is told, not replaced by the embedded data")
        func missingTaskFile() throws {
            try ProgramFolder.with { folder in
                let model = folder.small.baseFolder.path
                let scored = try folder.run("eval", "--model", model, "--tasks", "facts")
                #expect(scored.status == 0, "\(scored.errors)")
                let result = try folder.run(
                    "eval", "--model", model, "--tasks", "facts", "--data", "nowhere")
                #expect(result.status == 1)
                #expect(result.errors.contains("no file for task 'facts' in "), "\(result.errors)")
                #expect(result.output.isEmpty)
            }
        }

        @Test("a folder that was there before stays")
        func keptFolder() throws {
            try ProgramFolder.with { folder in
                let files = FileManager.default
                try files.createDirectory(
                    atPath: folder.path("r"), withIntermediateDirectories: false)
                let result = try folder.run(
                    "run", "small", "--out", "r", "--set", "arms.lora.rank=17")
                #expect(result.status == 1)
                #expect(files.fileExists(atPath: folder.path("r")))
            }
        }

        @Test("an unknown study is told with those there are")
        func unknownStudy() throws {
            try ProgramFolder.with { folder in
                let result = try folder.run("run", "nothing")
                #expect(result.status == 1)
                #expect(result.errors.contains("nothing: no such study"))
                #expect(result.errors.contains("small"))
            }
        }

        @Test("an empty data set is told with the line that names it")
        func emptyData() throws {
            try ProgramFolder.with { folder in
                try folder.small.write("", to: "code/train.jsonl")
                let result = try folder.run("run", "small", "--out", "r")
                #expect(result.status == 1)
                #expect(result.errors.contains("small.yaml:3: target.train: "), "\(result.errors)")
                #expect(result.errors.contains("holds no records"))
            }
        }

        @Test("a damaged base is an error, not a crash", arguments: Damage.allCases)
        func damagedBase(damage: Damage) throws {
            try ProgramFolder.with { folder in
                let file = folder.small.baseFolder.appending(path: "model.safetensors")
                try damage.apply(to: try Data(contentsOf: file)).write(to: file)
                let result = try folder.run("run", "small", "--out", "r")
                #expect(result.status == 1, "\(result.errors)")
                #expect(result.errors.hasPrefix("lethe: "))
                #expect(result.errors.contains("base/small"), "\(result.errors)")
                #expect(result.output.isEmpty)
            }
        }

        /// Ways in which a weight file can be wrong.
        enum Damage: CaseIterable {
            case empty, headless, truncated, longHeader, lyingOffsets, lyingShape

            func apply(to file: Data) throws -> Data {
                switch self {
                case .empty: Data()
                case .headless: file.prefix(5)
                case .truncated: file.prefix(file.count / 2)
                case .longHeader: Data(repeating: 0xff, count: 8) + file.dropFirst(8)
                case .lyingOffsets: try replacing("data_offsets\":[0,", "data_offsets\":[9,", file)
                case .lyingShape: try replacing("\"shape\":[32]", "\"shape\":[33]", file)
                }
            }

            private func replacing(_ text: String, _ other: String, _ file: Data) throws -> Data {
                let range = try #require(file.range(of: Data(text.utf8)))
                return file.replacingSubrange(range, with: Data(other.utf8))
            }
        }

        @Test(
            "misuse ends with 64",
            arguments: [["run", "--steps", "x"], ["run", "--what"], ["export"]])
        func usage(arguments: [String]) throws {
            try ProgramFolder.with { folder in
                let result = try LetheResult(arguments, in: folder.url)
                #expect(result.status == 64)
                #expect(result.errors.contains("Usage:"))
                #expect(result.output.isEmpty)
            }
        }

        @Test("pretraining tells its failures as the other commands do")
        func pretraining() throws {
            try ProgramFolder.with { folder in
                let many = try folder.run("pretrain", "--out", "m", "--steps", "\(Int.max)")
                #expect(many.status == 64)
                #expect(many.errors.contains("--steps \(Int.max): use 1 to 1000000"))
                try Data().write(to: folder.url.appending(path: "file"))
                let taken = try folder.run("pretrain", "--out", "file", "--steps", "1")
                #expect(taken.status == 1)
                #expect(taken.errors.contains("\nlethe: "), "\(taken.errors)")
            }
        }

        @Test(
            "a run that diverges ends with 3 if that is the policy or no arm is left, else with 0")
        func divergence() throws {
            try ProgramFolder.with { folder in
                let rate = "arms.full.learning_rate=1e30"
                let stopped = try folder.run(
                    "run", "small", "--out", "a", "--set", rate, "--set", "on_divergence=stop_run")
                #expect(stopped.status == 3)
                #expect(stopped.errors.contains("full diverged and ended the run"))
                let last = csvRecords(stopped.output).filter { $0[9] == "train" }.suffix(3)
                #expect(last.contains { ["nan", "inf"].contains($0[12]) })
                let finished = try folder.run("run", "small", "--out", "b", "--set", rate)
                #expect(finished.status == 0)
                #expect(finished.errors.contains("the loss or a gradient is not finite"))
                let alone = try folder.run(
                    "run", "small", "--out", "c", "--set", rate, "--arms", "full")
                #expect(alone.status == 3)
                #expect(alone.errors.contains("full diverged and ended the run"))
                #expect(try folder.run("resume", "c").status == 1, "it is over")
            }
        }

        @Test(
            "a place that cannot be used is told with the system's own reason",
            arguments: [
                ("run small --headless --out f", "cannot create: File exists"),
                ("run small --headless --out f/x", "cannot create: Not a directory"),
                ("run small --headless --out LONG", "cannot create: File name too long"),
                (
                    "run small --headless --set arms.full.name=LONG",
                    "has 300 characters; use at most"
                ),
                ("export f", "is not a run folder"),
                ("data make --out f", "cannot create: Not a directory"),
                ("data make --out f", "a part of the path is a file; name a folder"),
                ("pretrain --steps 1 --out f", "cannot create: File exists"),
                ("model info f/x", "no model f/x"),
                (
                    "eval --quiet --model ../datasets/base/small --tasks facts --samples no/x",
                    "No such"
                ),
                ("data show none.jsonl", "No such file"),
            ])
        func places(arguments: String, message: String) throws {
            try ProgramFolder.with { folder in
                try Data().write(to: folder.url.appending(path: "f"))
                let long = String(repeating: "n", count: 300)
                let line = arguments.replacingOccurrences(of: "LONG", with: long)
                let result = try folder.shell("lethe " + line)
                #expect(result.status == 1)
                #expect(result.errors.contains(message), "\(result.errors)")
                #expect(!result.errors.contains("Error Domain"), "\(result.errors)")
            }
        }

        @Test("a folder with a run or with other files is not taken")
        func takenFolder() throws {
            try ProgramFolder.with { folder in
                #expect(try folder.run("run", "small", "--out", "r").status == 0)
                let table = try folder.text("r/metrics.csv")
                let second = try folder.run("run", "small", "--out", "r")
                #expect(second.status == 1)
                #expect(second.errors.contains("already holds a run"))
                #expect(try folder.text("r/metrics.csv") == table)
                let other = try folder.run("run", "small", "--out", ".")
                #expect(other.status == 1)
                #expect(other.errors.contains("is not empty and not a run"))
            }
        }

        @Test(
            "what is no run can be neither resumed nor exported",
            arguments: ["resume", "export", "view"])
        func noRun(command: String) throws {
            try ProgramFolder.with { folder in
                let result = try folder.run(command, ".")
                #expect(result.status == 1)
                #expect(result.errors.contains("is not a run folder"), "\(result.errors)")
            }
        }
    }
}

extension Data {
    fileprivate func replacingSubrange(_ range: Range<Index>, with other: Data) -> Data {
        var copy = self
        copy.replaceSubrange(range, with: other)
        return copy
    }
}
