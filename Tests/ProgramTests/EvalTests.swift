import Foundation
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct EvalTests {
        private func eval(_ arguments: [String]) throws -> LetheResult {
            try withTemporaryFolder { try LetheResult(["eval"] + arguments, in: $0) }
        }

        @Test("a pipe gets CSV alone; progress goes to standard error unless told not to")
        func table() throws {
            let command = ["--tasks", "facts, code", "--limit", "3"]
            let result = try eval(command + ["--quiet"])
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            let rows = csvRecords(result.output)
            #expect(rows.first == ["task", "metric", "value", "stderr", "count"])
            #expect(rows.dropFirst().map { $0[0] } == ["facts", "facts", "code"])
            #expect(rows.dropFirst().map { $0[1] } == ["acc", "acc_norm", "exact_match"])
            for row in rows.dropFirst() {
                #expect(row.count == 5 && row[4] == "3")
                #expect((0...1).contains(try #require(Double(row[2]))))
            }
            let told = try eval(command)
            #expect(told.output == result.output)
            #expect(told.errors.contains("facts 0/3"))
        }

        @Test("samples are one JSON object a line, in the template that is asked for")
        func samples() throws {
            try withTemporaryFolder { folder in
                let result = try LetheResult(
                    [
                        "eval", "--tasks", "code", "--limit", "2", "--quiet", "--samples", "s",
                        "--template", "alpaca",
                    ], in: folder)
                #expect(result.status == 0, "\(result.errors)")
                let text = try String(
                    contentsOf: folder.appending(path: "s"), encoding: .utf8)
                let lines = text.split(separator: "\n")
                #expect(lines.count == 2)
                for line in lines {
                    let sample =
                        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                    let prompt = try #require(sample?["prompt"] as? String)
                    #expect(prompt.hasSuffix("\n\n### Response:\n"))
                }
            }
        }

        @Test(
            "what cannot be scored is told in one line",
            arguments: [
                (["--model", "none"], "no model none: use tiny"),
                (["--model", "/etc/passwd"], "is neither a .gguf file nor a folder with a config"),
                (["--adapter", "none"], "none: "),
                (["--template", "model"], "tiny has no chat template of its own"),
                (["--samples", "none/s.jsonl"], "none/s.jsonl: cannot be written"),
                (["--data", "none"], "none"),
            ])
        func failures(options: [String], message: String) throws {
            try eval(["--tasks", "facts", "--limit", "1", "--quiet"] + options)
                .expectFailure(message)
        }

        @Test(
            "wrong options are misuse",
            arguments: [
                ([], "'--tasks <tasks>'"), (["--tasks", ","], "--tasks: name at least one task"),
                (["--tasks", "facts,none"], "task 'none' is unknown"),
                (["--tasks", "facts", "--limit", "0"], "--limit 0: use at least 1"),
                (["--tasks", "facts", "--template", "none"], "'model'"),
            ])
        func misuse(options: [String], message: String) throws {
            try eval(options).expectMisuse(message)
        }
    }
}
