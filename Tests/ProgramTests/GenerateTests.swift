import Foundation
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct GenerateTests {
        private func generate(_ arguments: String...) throws -> LetheResult {
            try withTemporaryFolder { try LetheResult(["generate"] + arguments, in: $0) }
        }

        @Test("the continuation alone goes to standard output, the same each time")
        func greedy() throws {
            let result = try generate("--prompt", "Question: Where does", "--max-tokens", "4")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            #expect(result.output.hasSuffix("\n") && result.output.count > 1)
            #expect(!result.output.contains("Question"))
            let again = try generate("--prompt", "Question: Where does", "--max-tokens", "4")
            #expect(again.output == result.output)
        }

        @Test("seeds draw different tokens, one seed the same")
        func seeds() throws {
            let texts = try ["1", "1", "2", "3"].map { seed in
                try generate(
                    "--prompt", "The", "--temperature", "2", "--max-tokens", "12", "--seed", seed
                ).output
            }
            #expect(texts[0] == texts[1])
            #expect(Set(texts).count == 3)
        }

        @Test("a prompt comes from standard input, without its last line break")
        func standardInput() throws {
            try ProgramFolder.with { folder in
                let command = "lethe generate --model base/small --max-tokens 4"
                let piped = try folder.shell("echo 'The cat' | \(command) --prompt -")
                #expect(piped.status == 0, "\(piped.errors)")
                #expect(piped.output == (try folder.shell("\(command) --prompt 'The cat'").output))
            }
        }

        @Test("a prompt that is too long for the context loses its start, and that is told")
        func longPrompt() throws {
            try ProgramFolder.with { folder in
                let result = try folder.run(
                    "generate", "--model", "base/small", "--max-tokens", "2", "--prompt",
                    String(repeating: "cat ", count: 200))
                #expect(result.status == 0)
                #expect(
                    result.errors.contains("the prompt is longer than the context; its first "))
                #expect(result.errors.split(separator: "\n").count == 1)
            }
        }

        @Test("a model without a token that ends a text is told of; so is a prompt without tokens")
        func edges() throws {
            try ProgramFolder.with { folder in
                let base = folder.small.baseFolder
                let configuration = base.appending(path: "tokenizer_config.json")
                for name in ["tokenizer_config.json", "generation_config.json"] {
                    try FileManager.default.removeItem(at: base.appending(path: name))
                }
                let endless = try folder.run(
                    "generate", "--model", "base/small", "--max-tokens", "2", "--prompt", "cat")
                #expect(endless.status == 0)
                #expect(endless.errors.contains("base/small names no token that ends a text"))
                try Data(
                    #"""
                    {"added_tokens": [{"id": 0, "content": "<e>"}],
                     "pre_tokenizer": {"type": "ByteLevel"},
                     "model": {"vocab": {"<e>": 0}, "merges": []}}
                    """#.utf8
                ).write(to: base.appending(path: "tokenizer.json"))
                try Data(#"{"eos_token": "<e>"}"#.utf8).write(to: configuration)
                try folder.run("generate", "--model", "base/small", "--prompt", "cat")
                    .expectFailure(#"has no token for "cat""#, status: 64)
                for task in ["facts", "code"] {
                    try folder.run("eval", "--model", "base/small", "--tasks", task)
                        .expectFailure("task '\(task)', item 1: the vocabulary has no token for")
                }
                let records = folder.small.datasets.appending(path: "code/train.jsonl").path
                try folder.run("data", "show", records, "--model", "base/small")
                    .expectFailure("record 1: the vocabulary has no token for its prompt")
                let run = try folder.run("run", "small", "--headless")
                #expect(run.status == 1 && run.output.isEmpty)
                #expect(run.errors.contains("record 1: the vocabulary has no token for its prompt"))
                #expect(run.errors.contains("task 'facts', item 1: the vocabulary has no token"))
            }
        }

        @Test("what cannot be continued is told in one line")
        func failures() throws {
            try generate("--prompt", "x", "--model", "none").expectFailure(
                "no model none: use tiny")
            try generate("--prompt", "x", "--model", ".").expectFailure("is neither a .gguf file")
        }

        @Test("wrong options are misuse, those too that only the model shows to be wrong")
        func misuse() throws {
            try generate().expectMisuse("'--prompt <prompt>'")
            try generate("--prompt", "x", "--max-tokens", "0").expectMisuse("use at least 1")
            try generate("--prompt", "x", "--temperature", "nan").expectMisuse("from 0 to 100")
            try generate("--prompt", "x", "--seed=-1").expectMisuse("--seed")
            try generate("--prompt", "x", "--max-tokens", "256")
                .expectFailure("the context of tiny is 256; use at most 255", status: 64)
            try generate("--prompt", "x", "--chat")
                .expectFailure(
                    "tiny has no chat template and no <|im_start|> token; leave --chat out",
                    status: 64)
        }
    }
}
