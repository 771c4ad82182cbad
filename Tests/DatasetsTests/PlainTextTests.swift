import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct PlainTextTests {
    private func read(_ text: String, name: String = "held out.txt") throws -> [String] {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: name)
            try Data(text.utf8).write(to: file)
            return try PlainText.read(file)
        }
    }

    @Test(
        "text splits at the document mark, or at blank lines without it",
        arguments: [
            ("One.\n\nStill.\n<|endoftext|>\nTwo.\n<|endoftext|>\n", ["One.\n\nStill.", "Two."]),
            ("One\nline.\n\nTwo.\n\n\n\nThree.\n", ["One\nline.", "Two.", "Three."]),
            ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
            (" \n = One = \n \n Still one . \n \t \nTwo.", ["= One =", "Still one .", "Two."]),
            ("One.\n \nStill.\n<|endoftext|>\nTwo.", ["One.\n \nStill.", "Two."]),
        ])
    func documents(text: String, expected: [String]) throws {
        #expect(try read(text) == expected)
    }

    @Test("a byte order mark is no text")
    func byteOrderMark() throws {
        #expect(try read("\u{FEFF}One.\n") == ["One."])
    }

    @Test("an instruction is no text")
    func instruction() {
        let error = #expect(throws: DatasetError.self) {
            try read(#"{"instruction": "a", "output": "b"}"#, name: "rows.jsonl")
        }
        guard case .malformed(_, let problems)? = error, problems.count == 1 else {
            Issue.record("expected a bad row, got \(String(describing: error))")
            return
        }
        #expect(problems[0].reason.hasPrefix("an instruction with its answer"))
    }

    @Test("rows of JSON give their texts")
    func rows() throws {
        let rows = "{\"text\": \"One.\\n\\nStill.\"}\n{\"text\": \"\"}\n{\"text\": \"Two.\"}\n"
        #expect(try read(rows, name: "held out.jsonl") == ["One.\n\nStill.", "Two."])
    }

    @Test("a file without text is an error")
    func empty() {
        let error = #expect(throws: DatasetError.self) { try read(" \n\n<|endoftext|>") }
        guard case .empty = error else {
            Issue.record("expected .empty, got \(String(describing: error))")
            return
        }
    }

    @Test("bytes that are not UTF-8 are an error")
    func notText() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "text.txt")
            try Data([0x61, 0xFF, 0xFE]).write(to: file)
            #expect(
                throws: DatasetError.unreadable(path: file.path, reason: "not UTF-8 text")
            ) { try PlainText.read(file) }
        }
    }
}
