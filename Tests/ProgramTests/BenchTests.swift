import Foundation
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct BenchTests {
        private static let small = [
            "--hidden", "16", "--intermediate", "24", "--layers", "2", "--heads", "2",
            "--kv-heads", "1", "--vocabulary", "40", "--steps", "2", "--sequence", "8",
        ]

        private func rows(_ arguments: [String]) throws -> [[String: Any]] {
            try withTemporaryFolder { folder in
                let result = try LetheResult(
                    ["bench"] + arguments + ["--format", "json"], in: folder, environment: [])
                #expect(result.status == 0, "\(result.errors)")
                return try result.output.split(separator: "\n").map { line in
                    try #require(
                        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                }
            }
        }

        @Test("generation counts the tokens of answers up to what ends them")
        func generation() throws {
            try withTemporaryFolder { (folder: URL) throws -> Void in
                let file = folder.appending(path: "prompts.jsonl")
                func tokens(_ until: String) throws -> Int {
                    let row = #"{"prompt": "Question: Where does the", "until": [\#(until)]}"#
                    try Data("\(row)\n\(row)\n".utf8).write(to: file)
                    let report = try rows(
                        ["generate", "--prompts", file.path, "--max-tokens", "12"])[0]
                    #expect(report["prompts"] as? Int == 2)
                    #expect((report["tokens_per_second"] as? Double ?? 0) > 0)
                    return try #require(report["tokens"] as? Int)
                }
                let whole = try tokens("")
                #expect(whole > 2 && whole % 2 == 0)
                #expect(try tokens(#""?""#) < whole)
                try LetheResult(
                    ["bench", "generate", "--prompts", "none.jsonl"], in: folder, environment: []
                ).expectFailure("none.jsonl")
            }
        }

        @Test("training gives a JSON object for every combination, with all measures")
        func training() throws {
            let rows = try rows(
                ["train", "--method", "full,lora", "--rank", "2,3", "--batch", "1,2"] + Self.small)
            #expect(rows.map { $0["method"] as? String } == ["full", "lora"] * 4)
            #expect(rows.map { $0["batch"] as? Int } == [1, 1, 1, 1, 2, 2, 2, 2])
            #expect(rows.compactMap { $0["rank"] as? Int } == [2, 3, 2, 3])
            for row in rows {
                for key in [
                    "tokens_per_second", "floor_tokens_per_second", "floor_share",
                    "forward_seconds", "backward_seconds", "optimizer_seconds", "peak_bytes",
                ] {
                    let value = try #require(row[key] as? Double, "\(key)")
                    #expect(value > 0, "\(key)")
                }
                #expect(row["sequence"] as? Int == 8 && row["trainable"] is Int)
            }
        }

        @Test("every method trains about as many parameters as LoRA, but full and VeRA")
        func allMethods() throws {
            let rows = try rows(["train", "--method", "all", "--rank", "4"] + Self.small)
            #expect(rows.first?["method"] as? String == "lora")
            let wanted = try #require(rows.first?["trainable"] as? Double)
            for row in rows {
                let name = try #require(row["method"] as? String)
                let count = try #require(row["trainable"] as? Double)
                #expect(["full", "vera"].contains(name) || 0.6...1.3 ~= count / wanted, "\(row)")
                #expect((row["lora_ratio"] as? Double ?? 0) > 0)
            }
        }

        @Test("evaluation and products give their rows")
        func others() throws {
            let evaluation = try rows(["eval", "--limit", "5"])
            #expect(evaluation.count == 1 && evaluation.first?["items"] as? Int == 5)
            #expect(evaluation.first?["task"] as? String == "facts")
            #expect((evaluation.first?["items_per_second"] as? Double ?? 0) > 0)
            for row in try rows(["gemm", "--runs", "1"]) {
                let speeds = try ["one_thread", "all_threads", "built_in", "best"].map {
                    try #require(row[$0] as? Double)
                }
                #expect(speeds.allSatisfy { $0 > 0 } && speeds[3] >= speeds[0])
                #expect(row["best_library"] is String)
            }
        }

        @Test(
            "what cannot be measured is refused as wrong usage",
            arguments: [
                ["train", "--batch", "0"], ["train", "--batch", "1,,2"],
                ["train", "--method", "loora"], ["train", "--rank", "129", "--method", "lora"],
                ["train", "--model", "tiny", "--hidden", "16"], ["train", "--steps", "0"],
                ["eval", "--task", "code"], ["gemm", "--runs", "0"],
            ])
        func usage(arguments: [String]) throws {
            try withTemporaryFolder { folder in
                let result = try LetheResult(["bench"] + arguments, in: folder, environment: [])
                #expect(result.status == 64, "\(result.errors)")
                #expect(result.output.isEmpty)
            }
        }
    }
}

private func * (list: [String?], times: Int) -> [String?] {
    Array(repeatElement(list, count: times).joined())
}
