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
                    lines.dropFirst(3).map { $0.split(separator: " ")[0] } == [
                        "code/eval.jsonl", "code/train.jsonl", "world/facts.jsonl",
                        "world/heldout.txt",
                    ])
            }
        }
    }
}
