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
        guard case .malformed(_, let problems) = error else {
            Issue.record("expected .malformed, got \(String(describing: error))")
            return
        }
        #expect(problems.map(\.row) == [2, 3, 4, 6])
        #expect(problems.first?.reason == "'text' is not of type String")
        #expect(problems[1].reason == "not valid JSON")
        #expect(problems[2].reason.hasPrefix("keys b, instruction fit no known shape"))
        #expect(problems[3].reason == "key 'entry_point' is missing")
    }

    @Test("bad array elements are reported with their number")
    func badElements() {
        let error = #expect(throws: DatasetError.self) { try read(#"[{"text": "a"}, {}, 5]"#) }
        guard case .malformed(_, let problems) = error else {
            Issue.record("expected 2 problems, got \(String(describing: error))")
            return
        }
        #expect(problems.map(\.row) == [2, 3])
    }

    @Test("at most 20 problems are listed, all are counted")
    func manyBadLines() {
        let text =
            "{}\n" + String(repeating: "{\n", count: 4) + String(repeating: "{}\n", count: 20)
        let error = #expect(throws: DatasetError.self) { try read(text) }
        guard case .malformed(_, let problems) = error else {
            Issue.record("expected .malformed, got \(String(describing: error))")
            return
        }
        #expect(problems.count == 25)
        let told = "\(DatasetError.malformed(path: "f", problems: problems))"
        #expect(told.split(separator: "\n").count == 21 && told.hasSuffix("f: and 5 more"))
    }

    @Test(
        "a file of another form is told in one sentence",
        arguments: [
            ("PAR1\u{15}\n\u{15}\n", "is a Parquet file"),
            ("id,text\n1,a\n2,b\n", "is not rows of JSON"),
            ("{\n  \"text\": \"a\"\n}\n{\n  \"text\": \"b\"\n}\n", "is not rows of JSON"),
            ("{\n \"a\": [\n {\"b\": 1},\n {\"b\": 2}\n ]\n}\n", "is not rows of JSON"),
            ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "is a Git LFS pointer"),
        ])
    func foreignForms(text: String, name: String) {
        let error = #expect(throws: DatasetError.self) { try read(text) }
        guard case .foreign(_, let form)? = error else {
            Issue.record("expected .foreign, got \(String(describing: error))")
            return
        }
        #expect("is \(form)".hasPrefix(name))
        #expect("\(DatasetError.foreign(path: "f", form: form))".contains("JSON Lines"))
    }

    @Test("text in UTF-16 and a folder are called that")
    func unreadable() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "data.jsonl")
            try #require(#"{"text": "a"}"#.data(using: .utf16)).write(to: file)
            #expect(throws: DatasetError.foreign(path: file.path, form: "text in UTF-16")) {
                try Record.read(file)
            }
            #expect(
                throws: DatasetError.unreadable(
                    path: folder.path, reason: "Is a directory; name a file")
            ) { try Record.read(folder) }
        }
    }

    @Test(
        "a row with a key twice is bad, in lines and in an array, spelled one way or another",
        arguments: [
            #"{"text": "a"}\#n{"text": "b", "text": "c"}"#,
            #"[{"text": "a"}, {"text": "b", "n": [{"x": 1}, {"x": 2}], "text": "c"}]"#,
            #"{"text": "a", "n": {"text": ["text", "text"]}}\#n{"text": "b", "te\u0078t": "c"}"#,
        ])
    func duplicateKeys(text: String) {
        let problem = DatasetError.RowProblem(
            row: 2, reason: "key 'text' stands there twice; keep one")
        let error = #expect(throws: DatasetError.self) { try read(text) }
        guard case .malformed(_, [problem])? = error else {
            Issue.record("expected the second row, got \(String(describing: error))")
            return
        }
    }

    @Test("a long record and a deep one are read in linear time", .timeLimit(.minutes(1)))
    func large() throws {
        let long = String(repeating: "\\\" [{", count: 500_000)
        #expect(try read("{\"text\": \"\(long)\"}").first?.output.utf8.count == 2_000_000)
        let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
        #expect(try read("{\"text\": \"a\", \"n\": \(deep)}").count == 1)
        #expect(throws: DatasetError.self) {
            try read("{\"n\": " + String(repeating: "[", count: 1_000_000))
        }
    }

    @Test("a missing file and an empty file are errors", arguments: ["", "\n\n", "[]"])
    func nothingToRead(text: String) throws {
        let error = #expect(throws: DatasetError.self) { try read(text) }
        guard case .empty = error else {
            Issue.record("expected .empty, got \(String(describing: error))")
            return
        }
        let missing = URL(filePath: "/nonexistent/data.jsonl")
        #expect(
            throws: DatasetError.unreadable(
                path: missing.path, reason: "No such file or directory; check the path")
        ) {
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
            let plainName = folder.appending(path: "data.jsonl")
            try packed.write(to: plainName)
            #expect(try Record.read(plainName).map(\.output) == ["a"])
            try Data("not gzip".utf8).write(to: file)
            #expect(throws: DatasetError.self) { try Record.read(file) }
            try FileManager.default.removeItem(at: file)
            #expect(
                throws: DatasetError.unreadable(
                    path: file.path, reason: "No such file or directory; check the path")
            ) {
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
