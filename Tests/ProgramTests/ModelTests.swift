import Foundation
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct ModelTests {
        private func model(_ arguments: String...) throws -> LetheResult {
            try withTemporaryFolder { try LetheResult(["model"] + arguments, in: $0) }
        }

        @Test("the list has the embedded model and those that can be fetched")
        func list() throws {
            let result = try model("list")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            let rows = result.output.split(separator: "\n").map { $0.split(separator: " ") }
            #expect(rows.map(\.first) == ["name", "tiny", "smollm2-135m", "gemma3-270m"])
            #expect(rows[1][1] == "yes")
            #expect(try model().output == result.output)
        }

        @Test("the embedded model is described, a line for each property")
        func info() throws {
            let result = try model("info", "tiny")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            for pattern in [
                "format +Hugging Face\n", "layers +4\n", "context +256 tokens\n",
                "parameters +1049728, [0-9]+ without the embedding table\n",
                "end of text +<\\|endoftext\\|>\n", "chat template +none",
                "memory to fine-tune at 8 sequences of 256 tokens",
                "full +- +1049728 +4.2 MB +8.4 MB +[0-9.]+ MB +[0-9.]+ MB +yes\n",
            ] {
                #expect(result.output.contains(try Regex(pattern)), "\(pattern)")
            }
        }

        @Test("a chat template that lays out no conversation is told")
        func chatTemplate() throws {
            try ProgramFolder.with { folder in
                try folder.small.write("[INST]", to: "base/small/chat_template.jinja")
                let result = try folder.run("model", "info", "base/small")
                #expect(
                    result.output.contains(
                        /chat template +cannot be used: the chat template does not/))
            }
        }

        @Test("the embedded model needs no fetching")
        func get() throws {
            let result = try model("get", "tiny")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            #expect(result.output.hasSuffix("datasets/base/tiny\n"))
        }

        @Test("the tokens of a text are one JSON object of ids and pieces; marks come on request")
        func tokens() throws {
            struct Tokens: Decodable {
                var ids: [Int]
                var pieces: [String]
            }
            try withTemporaryFolder { folder in
                try Data("The cat\n".utf8).write(to: folder.appending(path: "text.txt"))
                try Data([0xC3]).write(to: folder.appending(path: "bad.txt"))
                func tokens(_ arguments: String...) throws -> LetheResult {
                    try LetheResult(["model", "tokens"] + arguments, in: folder)
                }
                let result = try tokens("--model", "tiny", "text.txt")
                #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
                let read = try JSONDecoder().decode(Tokens.self, from: Data(result.output.utf8))
                #expect(read.pieces.joined() == "TheĠcatĊ")
                #expect(read.ids.count == read.pieces.count)
                #expect(try tokens("--marks", "text.txt").output == result.output)
                try tokens("bad.txt").expectFailure("not UTF-8", status: 64)
                try tokens("none.txt").expectFailure("none.txt")
            }
        }

        @Test("what is no model is told in one line")
        func failures() throws {
            try model("info", "none").expectFailure("no model none: use tiny")
            try model("info", "/etc/passwd").expectFailure("is neither a .gguf file nor a folder")
            try model("get", "none").expectFailure("no model is called none; there is smollm2")
            try withTemporaryFolder { folder in
                for (name, contents, message) in [
                    ("bad.gguf", "GGUF", "bad.gguf: "), ("config.json", "{", "config.json: "),
                ] {
                    try Data(contents.utf8).write(to: folder.appending(path: name))
                    let path = name == "config.json" ? "." : name
                    try LetheResult(["model", "info", path], in: folder).expectFailure(message)
                }
            }
        }

        @Test(
            "a tokenizer with ids beyond the table is refused by whatever opens the model",
            arguments: [
                ["model", "info", "base/small"],
                ["eval", "--model", "base/small", "--tasks", "facts"],
                ["generate", "--model", "base/small", "--prompt", "x"], ["run", "small"],
                ["model", "merge", "base/small", "--adapter", "x", "--out", "y"],
            ])
        func tokensWithoutRow(arguments: [String]) throws {
            try ProgramFolder.with { folder in
                try folder.small.writeModel(tokens: 100)
                let result = try LetheResult(
                    arguments, in: folder.url, environment: folder.environment)
                #expect(result.status == 1 && result.output.isEmpty, "\(result.output)")
                let reason =
                    "the tokenizer has ids up to 299, but the table of the model has 100 rows"
                #expect(result.errors.contains(reason), "\(result.errors)")
            }
        }

        @Test("a description tells all that is wrong, also with the numbers in the weights")
        func badModel() throws {
            try ProgramFolder.with { folder in
                let weights = folder.small.baseFolder.appending(path: "model.safetensors")
                var data = try Data(contentsOf: weights)
                // The last number of the last tensor.
                data.replaceSubrange((data.count - 4)..., with: [0, 0, 0xC0, 0x7F])
                try data.write(to: weights)
                let result = try folder.run("model", "info", "base/small")
                #expect(result.status == 1 && result.output.isEmpty, "\(result.output)")
                #expect(result.errors.contains("model.norm.weight has numbers that are not finite"))
                let scored = try folder.run(
                    "eval", "--model", "base/small", "--tasks", "facts", "--quiet")
                #expect(scored.status == 1 && scored.output.isEmpty, "\(scored.output)")
                #expect(scored.errors.contains("model.norm.weight has numbers that are not finite"))
                try Data("{}".utf8).write(
                    to: folder.small.baseFolder.appending(path: "tokenizer.json"))
                try folder.small.write("{}", to: "base/small/config.json")
                let both = try folder.run("model", "info", "base/small")
                #expect(both.errors.contains("config.json: no model_type"), "\(both.errors)")
                #expect(both.errors.contains("tokenizer.json"), "\(both.errors)")
            }
        }

        @Test("wrong arguments are misuse")
        func misuse() throws {
            try model("info").expectMisuse("'<model>'")
            try model("get").expectMisuse("'<name>'")
            try model("info", "tiny", "--sequence", "257").expectFailure(
                "the model's context is 256", status: 64)
            try model("info", "tiny", "--batch", "0").expectMisuse("--batch")
            try model("remove").expectMisuse("remove")
        }
    }
}
