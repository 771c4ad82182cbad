import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct RecordTests {
    private func read(_ text: String, name: String = "data.jsonl") throws -> [Record] {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: name)
            try Data(text.utf8).write(to: file)
            return try Record.read(file)
        }
    }

    @Test(
        "each shape of row is recognised by its keys",
        arguments: [
            (
                #"{"instruction": "Add", "input": "1 2", "output": "3", "tests": ["assert f()"]}"#,
                Record(instruction: "Add", input: "1 2", output: "3", tests: ["assert f()"])
            ),
            (
                #"{"instruction": "Say hi", "input": null, "output": "hi"}"#,
                Record(instruction: "Say hi", output: "hi")
            ),
            (
                #"{"question": "1+1?", "answer": "is #### 2", "id": 7}"#,
                Record(instruction: "1+1?", output: "is #### 2")
            ),
            (
                #"{"text": "Write f", "code": "def f(): 1", "test_list": ["a", "b"]}"#,
                Record(
                    instruction: "Write f", input: "a\nb", output: "def f(): 1", tests: ["a", "b"])
            ),
            (
                #"{"prompt": "Write f", "code": "def f(): 1", "test_list": ["a"]}"#,
                Record(instruction: "Write f", input: "a", output: "def f(): 1", tests: ["a"])
            ),
            (
                #"{"prompt": "def f()", "canonical_solution": "  1", "test": "T", "entry_point": "f"}"#,
                Record(
                    instruction: "def f()", output: "  1", tests: ["T\ncheck(f)"],
                    programStart: "def f()")
            ),
            (#"{"text": "Once."}"#, Record(instruction: "", output: "Once.")),
        ])
    func shapes(row: String, expected: Record) throws {
        #expect(try read(row) == [expected])
    }

    @Test("the first tests become the input of a record that has none")
    func showingTests() {
        let record = Record(instruction: "Write f", output: "1", tests: ["a", "b"])
        #expect(record.showingTests(2).input == "a\nb")
        #expect(record.showingTests(1).input == "a")
        #expect(record.showingTests(9).tests == ["a", "b"])
        let filled = Record(instruction: "Write f", input: "x", output: "1", tests: ["a"])
        #expect(record.showingTests(0) == record)
        #expect(filled.showingTests(1) == filled)
    }

    @Test("blank lines, carriage returns and a byte order mark are skipped")
    func lineNoise() throws {
        let records = try read("\u{FEFF}{\"text\": \"a\"}\r\n\n  \n{\"text\": \"b\"}")
        #expect(records.map(\.output) == ["a", "b"])
    }

    @Test("a JSON array is read like lines")
    func array() throws {
        let records = try read(
            #"""
             [{"instruction": "x", "input": "", "output": "1"},
              {"instruction": "y", "output": "2"}]
            """#, name: "data.json")
        #expect(records.map(\.output) == ["1", "2"])
    }

    @Test("every bad line is reported with its number")
    func badLines() {
        let text = """
            {"text": "fine"}
            {"text": 3}
            not json
            {"instruction": "no output", "b": 1}

            {"prompt": "p", "canonical_solution": "c", "test": "t"}
            """
        let error = #expect(throws: DatasetError.self) { try read(text) }
        guard case .malformed(_, let problems, let count) = error else {
            Issue.record("expected .malformed, got \(String(describing: error))")
            return
        }
        #expect(count == 4)
        #expect(problems.map(\.row) == [2, 3, 4, 6])
        #expect(problems.first?.reason == "'text' is not of type String")
        #expect(problems[1].reason == "not valid JSON")
        #expect(problems[2].reason.hasPrefix("keys b, instruction fit no known shape"))
        #expect(problems[3].reason == "key 'entry_point' is missing")
    }

    @Test("bad array elements are reported with their number")
    func badElements() {
        let error = #expect(throws: DatasetError.self) { try read(#"[{"text": "a"}, {}, 5]"#) }
        guard case .malformed(_, let problems, 2) = error else {
            Issue.record("expected 2 problems, got \(String(describing: error))")
            return
        }
        #expect(problems.map(\.row) == [2, 3])
    }

    @Test("at most 20 problems are listed, all are counted")
    func manyBadLines() {
        let text = String(repeating: "{\n", count: 25)
        let error = #expect(throws: DatasetError.self) { try read(text) }
        guard case .malformed(_, let problems, let count) = error else {
            Issue.record("expected .malformed, got \(String(describing: error))")
            return
        }
        #expect(problems.count == 20 && count == 25)
        #expect(
            "\(DatasetError.malformed(path: "f", problems: problems, count: count))"
                .hasSuffix("f: and 5 more"))
    }

    @Test("a missing file and an empty file are errors", arguments: ["", "\n\n", "[]"])
    func nothingToRead(text: String) throws {
        let error = #expect(throws: DatasetError.self) { try read(text) }
        guard case .empty = error else {
            Issue.record("expected .empty, got \(String(describing: error))")
            return
        }
        let missing = URL(filePath: "/nonexistent/data.jsonl")
        #expect(throws: DatasetError.unreadable(path: missing.path, reason: "no such file")) {
            try Record.read(missing)
        }
    }

    @Test("a compressed file is expanded, a damaged one is an error")
    func compressed() throws {
        let packed = try #require(
            Data(
                base64Encoded:
                    "H4sIAAAAAAACA6tWKkmtKFGyUlBKVKrlAgC90iogDgAAAA=="))
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "data.jsonl.gz")
            try packed.write(to: file)
            #expect(try Record.read(file).map(\.output) == ["a"])
            try Data("not gzip".utf8).write(to: file)
            #expect(throws: DatasetError.self) { try Record.read(file) }
            try FileManager.default.removeItem(at: file)
            #expect(throws: DatasetError.unreadable(path: file.path, reason: "no such file")) {
                try Record.read(file)
            }
        }
    }

    @Test(
        "published files are read in full", .enabled(if: sharedFolder != nil),
        arguments: [
            ("gsm8k/test.jsonl", 100), ("mbpp/mbpp.jsonl", 414),
            ("humaneval/HumanEval.jsonl", 30), ("instruct/llms_from_scratch.jsonl", 1100),
        ])
    func publishedFiles(path: String, count: Int) throws {
        let folder = try #require(sharedFolder)
        let records = try Record.read(folder.appending(path: "data/\(path)"))
        #expect(records.count == count)
        let isFilled = records.allSatisfy { !$0.instruction.isEmpty && !$0.output.isEmpty }
        #expect(isFilled)
    }
}
