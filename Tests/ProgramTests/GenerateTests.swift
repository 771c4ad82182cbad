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
                .expectFailure("tiny has no <|im_start|> token; leave --chat out", status: 64)
        }
    }
}
