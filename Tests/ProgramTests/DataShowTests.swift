import Foundation
import StudySamples
import TestSupport
import Testing

extension ProgramSuite {
    @Suite struct DataShowTests {
        private static let records = """
            {"instruction": "Sum it.", "input": "1 2", "output": "return [x for x in items]"}
            {"instruction": "Say hi.", "output": "hi"}
            {"text": "Once there was a cat."}

            """

        /// What `lethe data show records.jsonl` does with more arguments.
        private func show(_ arguments: String...) throws -> LetheResult {
            try withTemporaryFolder { folder in
                try Data(Self.records.utf8).write(to: folder.appending(path: "records.jsonl"))
                return try LetheResult(["data", "show", "records.jsonl"] + arguments, in: folder)
            }
        }

        @Test("a pipe gets brackets around what carries no loss, and no attributes")
        func pipe() throws {
            let result = try show()
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            #expect(
                result.output == """
                    ⟦Sum it.
                    1 2
                    Answer:
                    ⟧return [x for x in items]<|endoftext|>

                    ⟦Say hi.
                    Answer:
                    ⟧hi<|endoftext|>

                    ⟦On⟧ce there was a cat.<|endoftext|>


                    """)
        }

        @Test(
            "each mask marks its parts",
            arguments: [
                ("all", "⟦S⟧um it.⟦\n⟧1 2⟦\nAnswer:\n⟧return"),
                ("0.3", "⟦S⟧⟪0.3 um it.⟫⟦\n⟧⟪0.3 1 2⟫⟦\nAnswer:\n⟧return"),
                ("1", "⟦S⟧um it.⟦\n⟧1 2⟦\nAnswer:\n⟧return"),
                ("0", "⟦Sum it.\n1 2\nAnswer:\n⟧return"),
            ])
        func masks(mask: String, expected: String) throws {
            let result = try show("--mask", mask, "--limit", "1")
            #expect(result.output.hasPrefix(expected), "\(result.output)")
            #expect(result.output.hasSuffix("items]<|endoftext|>\n\n"))
        }

        @Test("a long record is shown in linear time", .timeLimit(.minutes(1)))
        func longRecord() throws {
            try withTemporaryFolder { folder in
                let text = String(repeating: "a", count: 2_000_000)
                try Data(#"{"text": "\#(text)"}"#.utf8)
                    .write(to: folder.appending(path: "long.jsonl"))
                let result = try LetheResult(["data", "show", "long.jsonl"], in: folder)
                #expect(result.status == 0)
                #expect(result.output.utf8.count > text.utf8.count)
            }
        }

        @Test("each template lays the record out")
        func templates() throws {
            let alpaca = try show("--template", "alpaca", "--mask", "boilerplate").output
            #expect(alpaca.hasPrefix("⟦Below is an instruction"))
            #expect(alpaca.contains("### Instruction:\n⟧Sum it.⟦\n\n### Input:\n⟧1 2⟦\n\n### Resp"))
            let whole = try show("--template", "alpaca", "--mask", "all").output
            #expect(whole.contains("completes the request.⟦\n\n### Instruction:\n⟧Sum it.⟦"))
            let chat = try show("--template", "chatml", "--mask", "all", "--limit", "1").output
            #expect(
                chat == """
                    ⟦<|im_start|>user
                    ⟧Sum it.⟦
                    ⟧1 2⟦<|im_end|>
                    <|im_start|>assistant
                    ⟧return [x for x in items]<|endoftext|>


                    """)
        }

        @Test("the template of the model itself is used, or told to be missing")
        func ownTemplate() throws {
            try ProgramFolder.with { folder in
                try folder.small.write(
                    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + "
                        + "message.content + '<|im_end|>\\n' }}{% endfor %}"
                        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
                    to: "base/small/chat_template.jinja")
                let command = ["data", "show", "code/train.jsonl", "--template", "model"]
                let result = try LetheResult(
                    command + ["--model", "base/small", "--limit", "1"], in: folder.url,
                    environment: folder.environment)
                #expect(
                    result.output == """
                        ⟦<|im_start|>user
                        Say one twice.<|im_end|>
                        <|im_start|>assistant
                        ⟧one one<|endoftext|>


                        """, "\(result.errors)")
                let refused = try LetheResult(command, in: folder.url)
                refused.expectFailure(
                    "tiny has no chat template of its own; use alpaca, plain or chatml")
            }
        }

        @Test("the limit is how many records are printed")
        func limit() throws {
            for (limit, count) in [("1", 1), ("2", 2), ("99", 3)] {
                let output = try show("--limit", limit).output
                #expect(output.components(separatedBy: "<|endoftext|>\n\n").count == count + 1)
            }
        }

        @Test(
            "wrong options are misuse",
            arguments: [
                (["--limit", "0"], "--limit 0: use at least 1"),
                (["--limit=-5"], "--limit -5: use at least 1"),
                (["--mask", "most"], "use response, all, boilerplate or a number from 0 to 1"),
                (["--mask", "1.5"], "use response, all, boilerplate or a number from 0 to 1"),
                (["--template", "llama"], "use alpaca, plain"),
            ])
        func misuse(options: [String], message: String) throws {
            try withTemporaryFolder { folder in
                let result = try LetheResult(["data", "show", "any.jsonl"] + options, in: folder)
                result.expectMisuse(message)
            }
        }

        @Test(
            "a file or a model that cannot be used is told in one line",
            arguments: [
                (
                    ["none.jsonl"],
                    "none.jsonl: cannot be read (No such file or directory; check the path)"
                ),
                (["."], "cannot be read"),
                (["empty.jsonl"], "empty.jsonl: holds no records"),
                (["bad.jsonl"], "bad.jsonl:1: keys a fit no known shape"),
                (["bad.jsonl", "--model", "none"], "bad.jsonl:1"),
                (["good.jsonl", "--model", "none"], "no model none: use tiny"),
            ])
        func badFiles(arguments: [String], message: String) throws {
            try withTemporaryFolder { folder in
                for (name, text) in [
                    "empty": "", "bad": "{\"a\": 1}\n", "good": "{\"text\": \"x\"}\n",
                ] {
                    try Data(text.utf8).write(to: folder.appending(path: "\(name).jsonl"))
                }
                let result = try LetheResult(["data", "show"] + arguments, in: folder)
                result.expectFailure(message)
            }
        }

        @Test("a terminal gets attributes, a legend, and no control characters of the file")
        func terminal() throws {
            try ProgramFolder.with { folder in
                let record = #"{"instruction": "a\u001b[31mb", "output": "c [d]"}"# + "\n"
                try Data(record.utf8).write(to: folder.url.appending(path: "r.jsonl"))
                let command =
                    "\(LetheProcess.executable) data show r.jsonl --mask 0.3 --model base/small"
                let shown = try folder.shell("TERM=xterm script -qec '\(command)' /dev/null")
                #expect(shown.status == 0, "\(shown.errors)")
                let output = shown.output.replacing("\r\n", with: "\n")
                let (dim, underlined, plain) = ("\u{1B}[2m", "\u{1B}[4m", "\u{1B}[0m")
                #expect(
                    output.hasPrefix(
                        "\(dim)no loss\(plain), \(underlined)loss times 0.3\(plain), loss\n\n"))
                #expect(
                    output.contains(
                        "\(dim)a\(plain)\(underlined)␛[31mb\(plain)\(dim)\nAnswer:\n\(plain)c [d]"))
                let dumb = try folder.shell("TERM=dumb script -qec '\(command)' /dev/null")
                #expect(dumb.output.hasPrefix("⟦a⟧⟪0.3 "))
            }
        }
    }
}
