import Foundation
import StudySamples
import Testing

extension ProgramSuite {
    @Suite struct DataListTests {
        @Test("the files that are there are listed with their sizes")
        func files() throws {
            try ProgramFolder.with { folder in
                try folder.small.write("{}\n", to: "code/eval.jsonl")
                let lines = try folder.run("data", "list").output.split(separator: "\n")
                #expect(
                    lines.prefix(4) == [
                        "studies", "  small", "files (under \(folder.small.datasets.path))",
                        "  code/eval.jsonl  3 bytes",
                    ])
                #expect(
                    lines.dropFirst(3).prefix(4).map { $0.split(separator: " ")[0] } == [
                        "code/eval.jsonl", "code/train.jsonl", "world/facts.jsonl",
                        "world/heldout.txt",
                    ])
            }
        }

        @Test("data sets are listed with what is there of them, and a user's own tasks")
        func sets() throws {
            try ProgramFolder.with { folder in
                let data = folder.url.appending(path: "mine")
                let file = data.appending(path: "gsm8k/test.jsonl")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("{}\n".utf8).write(to: file)
                let output = try folder.run("data", "list", "--data", data.path).output
                let lines = output.split(separator: "\n").map { $0.split(separator: " ") }
                let hellaSwag = try #require(lines.first { $0.first == "hellaswag" })
                #expect(
                    hellaSwag.dropFirst(1) == [
                        "no", "10042", "12.0", "MB", "MIT", "lethe", "data", "get", "hellaswag",
                    ])
                let gsm8k = try #require(lines.last { $0.first == "gsm8k" })
                #expect(gsm8k == ["gsm8k", "\(data.path)/gsm8k/test.jsonl"])
                #expect(output.contains("https://zenodo.org/record/2630551"))
            }
        }

        @Test("a set that no package has, and one that is not known, end with 1 and the reason")
        func refusals() throws {
            try ProgramFolder.with { folder in
                let published = try folder.run("data", "get", "truthfulqa")
                #expect(published.status == 1)
                #expect(published.errors.contains("mc_task.json"))
                #expect(published.errors.contains("https://github.com/sylinrl/TruthfulQA"))
                let unknown = try folder.run("data", "get", "hellaswag", "glue")
                #expect(unknown.status == 1)
                #expect(unknown.errors.contains("no data set is called glue; there is hellaswag,"))
            }
        }
    }
}
