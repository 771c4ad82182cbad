import Foundation
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct ModelMergeTests {
        @Test("a merged folder scores as the base with its checkpoint does, whole or as an adapter")
        func scores() throws {
            try ProgramFolder.with { folder in
                for (name, text) in Self.companions {
                    try folder.small.write(text, to: "base/small/" + name)
                }
                #expect(try folder.run("run", "small", "--out", "r", "--quiet").status == 0)
                let base = folder.small.baseFolder.path
                let untrained = try likelihoods(folder, ["--model", base])
                for arm in ["lora", "full"] {
                    let checkpoint = "r/checkpoints/\(arm)/step-8"
                    let result = try folder.run(
                        "model", "merge", base, "--adapter", checkpoint, "--out", arm)
                    #expect(result.status == 0, "\(result.errors)")
                    #expect(result.output == folder.path(arm) + "\n")
                    let expected = try likelihoods(
                        folder, ["--model", base, "--adapter", checkpoint])
                    let merged = try likelihoods(folder, ["--model", arm])
                    expectClose(merged, expected, relative: 1e-5, absolute: 1e-5)
                    #expect(zip(merged, untrained).contains { abs($0 - $1) > 1e-2 })
                    let beside = try folder.run(
                        "generate", "--model", base, "--adapter", checkpoint, "--prompt", "a",
                        "--max-tokens", "5")
                    #expect(beside.status == 0, "\(beside.errors)")
                    let alone = try folder.run(
                        "generate", "--model", arm, "--prompt", "a", "--max-tokens", "5")
                    #expect(alone.output == beside.output)
                    for (name, text) in Self.companions {
                        #expect(try folder.text(arm + "/" + name) == text, "\(name)")
                    }
                }
            }
        }

        /// Files of the base's folder that the merged one has too.
        private static let companions = [
            "chat_template.jinja": String(repeating: "{# long #}", count: 9999),
            "tokenizer.model": "SentencePiece", "added_tokens.json": "{}",
            "special_tokens_map.json": "{ }", "generation_config.json": #"{"eos_token_id": 0 }"#,
            "additional_chat_templates/tools.jinja": "{{ tools }}",
        ]

        @Test("a checkpoint is no model: it is to be merged first")
        func checkpointAsModel() throws {
            try ProgramFolder.with { folder in
                #expect(try folder.run("run", "small", "--out", "r", "--quiet").status == 0)
                for arm in ["lora", "full"] {
                    let checkpoint = "r/checkpoints/\(arm)/step-8"
                    let result = try folder.run("generate", "--model", checkpoint, "--prompt", "a")
                    #expect(result.status == 1 && result.output.isEmpty)
                    #expect(
                        result.errors.contains("lethe model merge BASE --adapter \(checkpoint)"))
                }
            }
        }

        @Test(
            "a whole model is one, whatever training left beside it",
            arguments: ["adapter_config.json", "trainer_state.json"])
        func wholeModelWithRemains(file: String) throws {
            try ProgramFolder.with { folder in
                try folder.small.write("{}", to: "base/small/" + file)
                let result = try folder.run("model", "info", "base/small")
                #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            }
        }

        @Test("a folder that is there is left alone, and a failure leaves nothing")
        func refusals() throws {
            try ProgramFolder.with { folder in
                let base = folder.small.baseFolder.path
                let taken = try folder.run(
                    "model", "merge", base, "--adapter", base, "--out", base)
                #expect(taken.status == 1)
                #expect(taken.errors.contains("is there already: name a folder that is not"))
                let missing = try folder.run(
                    "model", "merge", base, "--adapter", "none", "--out", "merged")
                #expect(missing.status == 1 && missing.output.isEmpty)
                #expect(missing.errors.contains("neither adapter_config.json"))
                #expect(!FileManager.default.fileExists(atPath: folder.path("merged")))
            }
        }

        private func likelihoods(_ folder: ProgramFolder, _ model: [String]) throws -> [Double] {
            let result = try LetheResult(
                ["eval", "--tasks", "facts", "--quiet", "--samples", "s.jsonl"] + model,
                in: folder.url, environment: folder.environment)
            #expect(result.status == 0, "\(result.errors)")
            return try folder.text("s.jsonl").split(separator: "\n").flatMap { line in
                let sample = try JSONSerialization.jsonObject(with: Data(line.utf8))
                let values = (sample as? [String: Any])?["logLikelihoods"] as? [Double]
                return try #require(values)
            }
        }
    }
}
