import Foundation
import StudySamples
import Testing

extension ProgramSuite {
    @Suite struct StudyTests {
        @Test("studies are listed with their questions and times, also one that lacks its files")
        func list() throws {
            try ProgramFolder.with { folder in
                try folder.small.write(
                    SmallStudy.text.replacing(
                        "name: small", with: "name: other\nquestion: What is lost?"
                    ).replacing("code/train.jsonl", with: "none.jsonl"), to: "studies/other.yaml")
                let result = try folder.run("study")
                #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
                let lines = result.output.split(separator: "\n").map {
                    $0.split(separator: " ", omittingEmptySubsequences: true)
                }
                #expect(lines.map { $0[0] } == ["name", "other", "small"])
                #expect(lines[1].joined(separator: " ") == "other 2 - What is lost?")
                #expect(lines[2][1] == "2" && lines[2].last == "s")
            }
        }

        @Test("a study is shown with its trajectories, and what is wrong with it after them")
        func show() throws {
            try ProgramFolder.with { folder in
                let shown = try folder.run(
                    "study", "show", "small", "--set", "arms.full.learning_rate=[1e-3, 2e-3]")
                #expect(shown.status == 0, "\(shown.errors)")
                #expect(shown.output.contains("evaluated at  0, 4, 8\n"))
                for name in ["full-lr1e-3 ", "full-lr2e-3 ", "lora "] {
                    #expect(shown.output.contains("\n" + name), "\(shown.output)")
                }
                let broken = try folder.run(
                    "study", "show", "small", "--set", "target.train=none.jsonl")
                #expect(broken.status == 1)
                #expect(broken.errors.contains("target.train: no such file"))
                #expect(broken.output.contains("trained on none.jsonl"))
            }
        }

        @Test("a sound study is estimated and leaves nothing behind")
        func check() throws {
            try ProgramFolder.with { folder in
                let result = try folder.run("study", "check", "small", "--steps", "4")
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.output.contains("9 examples, "))
                #expect(result.output.contains("\nlora "))
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
                #expect(names.allSatisfy { $0.hasSuffix(".out") || $0.hasSuffix(".err") })
            }
        }

        @Test(
            "what is wrong is told as `run` tells it, with the same exit code",
            arguments: [
                ["--set", "train.stepz=3", "--set", "arms.lora.rank=17"],
                ["--set", "arms.lora.rank=17", "--set", "train.sequence_length=97"],
                ["--set", "base=none", "--set", "target.train=none.jsonl"],
            ])
        func problems(options: [String]) throws {
            try ProgramFolder.with { folder in
                let runs = try ["run", "study check"].map { command in
                    let words = command.split(separator: " ").map(String.init)
                    return try LetheResult(
                        words + ["small"] + options, in: folder.url,
                        environment: folder.environment)
                }
                #expect(runs.map(\.status) == [1, 1])
                #expect(runs[0].errors == runs[1].errors)
                #expect(runs[1].errors.split(separator: "\n").count == 2)
                #expect(runs[1].output.isEmpty)
            }
        }

        @Test("a study that was written passes the check and runs; another is not put in its place")
        func new() throws {
            try ProgramFolder.with { folder in
                let arguments = [
                    "study", "new", "--base", "base/small", "--train", "code/train.jsonl",
                ]
                let made = try LetheResult(
                    arguments, in: folder.url, environment: folder.environment)
                #expect(made.status == 0, "\(made.errors)")
                #expect(made.output == folder.path("code.yaml") + "\n")
                let text = try folder.text("code.yaml")
                #expect(try folder.run("study", "check", "code.yaml").status == 0)
                let run = try folder.run("run", "./code.yaml", "--steps", "2", "--out", "r")
                #expect(run.status == 0, "\(run.errors)")
                let again = try LetheResult(
                    arguments, in: folder.url, environment: folder.environment)
                #expect(again.status == 1 && again.errors.contains("is there already"))
                #expect(try folder.text("code.yaml") == text)
            }
        }

        @Test("a study needs a model and data")
        func usage() throws {
            try ProgramFolder.with { folder in
                for arguments in [["new"], ["new", "--base", "tiny"], ["check"], ["show"]] {
                    let result = try LetheResult(["study"] + arguments, in: folder.url)
                    #expect(result.status == 64 && result.errors.contains("Usage: lethe study"))
                }
            }
        }
    }
}
