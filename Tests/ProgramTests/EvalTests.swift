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
            #expect(result.status == 0, "\(result.errors)")
            let rows = csvRecords(result.output)
            #expect(rows.first == ["task", "metric", "value", "stderr", "count"])
            // Where no sandbox can be made, programs are not run.
            let kinds = rows.dropFirst().filter { $0[1] != "pass@1" }
            #expect(kinds.map { $0[0] } == ["facts", "facts", "code", "code", "code"])
            #expect(
                kinds.map { $0[1] } == [
                    "acc", "acc_norm", "exact_match", "answer_loss", "answer_bits_per_byte",
                ])
            for row in rows.dropFirst() {
                #expect(row.count == 5 && row[4] == "3")
                #expect((0...10).contains(try #require(Double(row[2]))))
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

        @Test("rows of ids give the log-likelihood of every id from the second on")
        func ids() throws {
            try withTemporaryFolder { folder in
                let file = folder.appending(path: "rows.jsonl")
                try Data("[5, 6, 7, 8]\n\n[9]\n[5, 6, 7]\n".utf8).write(to: file)
                let result = try LetheResult(
                    ["eval", "--ids", "rows.jsonl", "--quiet", "--samples", "s"], in: folder)
                #expect(result.status == 0, "\(result.errors)")
                #expect(csvRecords(result.output).last?.prefix(2) == ["ids", "loss"])
                let lines = try String(contentsOf: folder.appending(path: "s"), encoding: .utf8)
                let rows = try lines.split(separator: "\n").map {
                    try JSONDecoder().decode([String: [Double]].self, from: Data($0.utf8))
                }
                let values = rows.compactMap { $0["logLikelihoods"] }
                #expect(values.map(\.count) == [3, 0, 2])
                #expect(values.joined().allSatisfy { $0 < 0 })
                for (first, last) in zip(values[0], values[2]) { #expect(abs(first - last) < 1e-5) }
            }
        }

        @Test("ids that the model cannot read are told together")
        func badIds() throws {
            try withTemporaryFolder { folder in
                try Data("[1, 999999]\n[1]\n{}\n[-1]\n[1.5]\n".utf8)
                    .write(to: folder.appending(path: "rows"))
                let result = try LetheResult(["eval", "--ids", "rows", "--quiet"], in: folder)
                #expect(result.status == 1)
                for problem in [
                    "rows:1: has id 999999, and the model's are 0 to 2047",
                    "rows:3: is no array of whole numbers; give one JSON array of token ids a line",
                    "rows:4: has id -1", "rows:5: is no array of whole numbers",
                ] {
                    #expect(result.errors.contains(problem), "\(result.errors)")
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
                ([], "give one of --tasks"),
                (["--tasks", "facts", "--ids", "x"], "give one of --tasks"),
                (["--tasks", ","], "--tasks: name at least one task"),
                (["--tasks", "facts,none"], "task 'none' is unknown"),
                (["--tasks", "facts", "--limit", "0"], "--limit 0: use at least 1"),
                (["--tasks", "facts", "--template", "none"], "model, or a text"),
            ])
        func misuse(options: [String], message: String) throws {
            try eval(options).expectMisuse(message)
        }
    }
}
