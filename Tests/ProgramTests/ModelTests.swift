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
            #expect(rows.map(\.first) == ["name", "tiny", "smollm2-135m"])
            #expect(rows[1][1] == "yes")
            #expect(try model().output == result.output)
        }

        @Test("the embedded model is described, a line for each property")
        func info() throws {
            let result = try model("info", "tiny")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            for pattern in [
                "format +Hugging Face\n", "parameters +1049728\n", "layers +4\n",
                "context +256 tokens\n", "end of text +<\\|endoftext\\|>\n", "chat template +none",
            ] {
                #expect(result.output.contains(try Regex(pattern)), "\(pattern)")
            }
        }

        @Test("a chat template is told by its form")
        func chatTemplate() throws {
            try ProgramFolder.with { folder in
                try folder.small.write("[INST]", to: "base/small/chat_template.jinja")
                let result = try folder.run("model", "info", "base/small")
                #expect(result.output.contains(/chat template +of a form that is not known/))
            }
        }

        @Test("the embedded model needs no fetching")
        func get() throws {
            let result = try model("get", "tiny")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            #expect(result.output.hasSuffix("datasets/base/tiny\n"))
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

        @Test("wrong arguments are misuse")
        func misuse() throws {
            try model("info").expectMisuse("'<model>'")
            try model("get").expectMisuse("'<name>'")
            try model("remove").expectMisuse("remove")
        }
    }
}
